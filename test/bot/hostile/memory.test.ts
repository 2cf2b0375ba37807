import fc from "fast-check";
import { expect, it } from "vitest";
import { answersIn, firstSeen, recallMemory, rememberMemory, shownAt } from "../../../bot/reconcile/memory.ts";
import { decideCheck } from "../../../src/publishing/decide-check.ts";
import { createAllowance, createApproval, createWaiver } from "../../ledger/sample-decisions.ts";
import { aPullRequest, aPush } from "../queue/deliveries.ts";
import { hostileValue, mutated } from "./mutated.ts";

const headSha = "a".repeat(40);
const at = "2026-01-01T00:00:00.000Z";
const dispatch = {
  ...{ key: "pr-1", headSha, workflow: ".github/workflows/models.yml", ref: "main", inputs: { model: "fraud" } },
  ...{ runId: 5, cancelled: true, ended: true },
};
const annotation = { path: "assay.yml", startLine: 1, endLine: 2, level: "failure", title: "t", message: "m" };
const content = {
  ...{ name: "assay / verdict", headSha, externalId: "assay:verdict:1", detailsUrl: "https://x", conclusion: "failure" },
  ...{ title: "t", summary: "s", text: "x", annotations: [annotation] },
  actions: [{ label: "Retrain", description: "Again", identifier: "retrain" }],
};
const push = aPush(1);
/** Everything that the app can know of a pull request. */
const memory = {
  pull: "pushed" in push ? push.pushed : undefined,
  trains: true,
  comment: { id: 1, body: "b" },
  checks: [{ headSha, id: 2, content, unsure: true }],
  uncommented: true,
  unchecked: headSha,
  verdict: { headSha, body: "b" },
  shown: [{ headSha, at, results: { fraud: "sha256:x" } }],
  seen: [{ headSha, at, watched: true }],
  base: { ref: "main", heads: [headSha], since: at },
  dispatches: [dispatch],
  asked: [{ request: "comment:7", reaction: "+1", answer: "Done.", records: [createApproval()], dispatch, headSha, runId: 5 }],
  decided: { tip: headSha, decisions: [createApproval(), createWaiver(), createAllowance()], ignored: ["x"] },
  mentioned: [{ owner: "owner", headSha }],
  settled: headSha,
  closed: true,
};
const nothing = { checks: [], shown: [], seen: [], dispatches: [], asked: [], mentioned: [] };
const subject = aPullRequest(1);

const recall = (kept: unknown) => recallMemory({ recall: async () => kept }, subject);
/** What is kept of it. */
async function keep(known: Awaited<ReturnType<typeof recall>>): Promise<unknown> {
  let kept: unknown;
  const remember = async (_: string, value: unknown) => {
    kept = JSON.parse(JSON.stringify(value));
  };
  await rememberMemory({ remember }, subject, known);
  return kept;
}

it("is all remembered", async () => {
  expect(await keep(await recall(memory))).toEqual(JSON.parse(JSON.stringify(memory)));
});

it("is what it was or nothing at all, whatever the store has in its place, and can be worked with", async () => {
  const texts = fc.oneof(
    mutated(memory),
    hostileValue.map((other) => JSON.stringify(other)),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const stored: unknown = JSON.parse(text);
      const known = await recall(stored);
      const kept = await keep(known);
      expect(await recall(kept)).toEqual(known);
      if (JSON.stringify(kept) !== JSON.stringify(nothing)) expect(stored).toMatchObject(kept as object);
      answersIn(known, headSha);
      shownAt(known, at);
      for (const check of known.checks)
        decideCheck({ ...check.content, title: "another" }, { ...check.content, id: 1, actions: [] });
      firstSeen(known, headSha, new Date(at), true);
    }),
    { numRuns: 1_000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

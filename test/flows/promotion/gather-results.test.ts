import { expect, it } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { Evaluation } from "../../../src/evidence/evidence.ts";
import { type AskedEvaluation, gatherResults } from "../../../src/flows/promotion/gather-results.ts";
import type { VouchedEvidence } from "../../../src/flows/promotion/read-proof.ts";
import type { Shown } from "../../../src/flows/promotion/vouch.ts";
import { createEvidence } from "../../report/create-report.ts";
import { better } from "../create-judgement.ts";

const asked: AskedEvaluation = {
  ...{ testSet: "blob:test", scoring: digestOf("scoring"), measuredBy: digestOf("terms"), metrics: ["accuracy"] },
};
const evaluation: Evaluation = { ...better, testSet: { ...better.testSet, id: "blob:test" }, measuredBy: asked.measuredBy };
const shownIn = (number: number) => ({ pullRequest: { number }, headSha: "a".repeat(40) }) as Shown;

function upload(
  runId: number,
  result: string,
  more: Partial<VouchedEvidence> & { evaluations?: Evaluation[] } = {},
): VouchedEvidence {
  const { evaluations = [evaluation], ...overrides } = more;
  const seal = { resultDigest: digestOf(result), sealedAt: "2026-11-02T10:31:09Z" };
  const evidence = { ...createEvidence("fraud", { evaluations }), seal };
  return { evidence, runId, shown: undefined, shownAt: "2026-11-02T10:31:09Z", ...overrides };
}

it("takes a result once, as it was uploaded first, and with where it was shown first", () => {
  const [last, again, other, first] = [
    upload(4, "a", { shown: shownIn(9) }),
    upload(3, "a", { shown: shownIn(8) }),
    upload(2, "b"),
    upload(1, "a"),
  ];
  const { results, passedOver } = gatherResults([last, again, other, first], asked);
  expect(passedOver).toEqual([]);
  expect(results).toEqual([
    { evidence: first.evidence, resultDigest: digestOf("a"), shown: shownIn(8), uploads: [last, again, first] },
    { evidence: other.evidence, resultDigest: digestOf("b"), shown: undefined, uploads: [other] },
  ]);
  // What ships is the same object that was uploaded first, not a later one that says the same.
  expect(results[0]?.evidence).toBe(first.evidence);
});

it.each<[string, Evaluation[], Partial<AskedEvaluation>, string]>([
  ["evaluated nothing", [], {}, "nothing was evaluated"],
  [
    "could not score the model",
    [{ ...evaluation, candidate: undefined, candidateMissing: "predict.py failed" }],
    {},
    "predict.py failed",
  ],
  ["is of the old test set alone", [{ ...evaluation, role: "base" }], {}, "nothing was evaluated"],
  ["does not say its test set", [{ ...evaluation, testSet: better.testSet }], {}, "it does not say which test set it is of"],
  ["is of another test set", [evaluation], { testSet: "blob:other" }, "it is of another test set than the tagged tree's"],
  ["is of a test set that nobody can tell", [evaluation], { testSet: "unpinned:test.csv" }, "Keep it in git, LFS or DVC"],
  [
    "was scored otherwise",
    [evaluation],
    { scoring: digestOf("other") },
    "it was scored in another way than the tagged tree does it",
  ],
  [
    "was measured by other terms",
    [evaluation],
    { measuredBy: digestOf("other") },
    "it was measured by other terms than assay.yml has now",
  ],
  ["lacks a metric", [evaluation], { metrics: ["accuracy", "auc"] }, "it lacks auc, which assay.yml asks for now"],
])("passes over one that %s, and says why", (_, evaluations, other, why) => {
  const { results, passedOver } = gatherResults([upload(7, "a", { evaluations })], { ...asked, ...other });
  expect(results).toEqual([]);
  expect(passedOver).toEqual([expect.stringContaining(why)]);
  expect(passedOver[0]).toMatch(/^The evaluation of run 7 does not count: .+\.$/);
});

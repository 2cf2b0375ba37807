import { describe, expect, it } from "vitest";
import type { Command } from "../../../bot/commands/command.ts";
import type { CommandFacts } from "../../../bot/commands/facts.ts";
import { commandNames, decideCommand } from "../../../bot/commands/registry.ts";
import { decisionSchema } from "../../../src/ledger/decision.ts";
import type { ModelState } from "../../../src/report/report.ts";
import {
  averagePrecision,
  createEvidence,
  createModelReport,
  createReport,
  createVerdict,
  gateOn,
  headSha,
  judged,
  mixedGates,
} from "../../report/create-report.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, withoutCode } from "../../report/hostile.ts";
import { createFacts, createPullRequest, fork, law, repositoryId } from "./create-facts.ts";

const newer = "1111111b4d5e6f708192a3b4c5d6e7f809a1b2c3";
const another = new Map([["fraud", `sha256:${"1".repeat(64)}`]]);
const approve: Command = { name: "approve", model: "fraud" };
const waive: Command = {
  name: "waive",
  model: "fraud",
  gate: "recall.no-worse-than",
  reason: "Late labels",
  until: "2026-12-31",
};
const allow: Command = { name: "allow-fork", sha: headSha };
const retrain: Command = { name: "retrain" };

const withState = (state: ModelState) => ({ report: createReport({ models: [createModelReport({ state })] }) });
const mixed = () => withState(judged("fraud", { gates: mixedGates() }));
const ofFork = (trust: "fork" | "pull-request", verified?: true): Partial<CommandFacts> => ({
  pullRequest: createPullRequest({ head: fork }),
  ...withState({ kind: "judged", verdict: createVerdict("fraud", []), evidence: createEvidence(), trust, verified }),
});

async function decide(command: Command, login: string, overrides: Partial<CommandFacts> = {}, options = {}) {
  const outcome = decideCommand(command, await createFacts(login, overrides, options));
  for (const record of outcome.records) expect(decisionSchema.parse(record)).toEqual(record);
  expect(outcome.answer).not.toContain("\n");
  expect(outcome.answer.endsWith(".") || outcome.answer.endsWith("?")).toBe(true);
  if (outcome.reaction !== "+1") expect(outcome).toMatchObject({ records: [] });
  return outcome;
}

describe("an approval", () => {
  it.each(["owner", "member"])("by %s binds model, inputs and result, and the head that was shown", async (login) => {
    const outcome = await decide(approve, login);
    const { seal, inputHash } = createEvidence();
    expect(outcome).toMatchObject({
      reaction: "+1",
      records: [
        {
          schema: "assay.approval/v1",
          repositoryId,
          pullRequest: 214,
          headSha,
          by: { id: 7, login },
          at: "2026-11-02T10:00:00.000Z",
          model: "fraud",
          inputHash,
          resultDigest: seal?.resultDigest,
          via: "command",
        },
      ],
    });
    expect(outcome.answer).toContain("`fraud` is approved on `9f3c1a2`");
  });

  it("says that failed gates are not settled by it", async () => {
    const { reaction, answer } = await decide(approve, "owner", mixed());
    expect(reaction).toBe("+1");
    expect(answer).toContain("`f1.no-worse-than` is inconclusive; to accept that, `/assay waive fraud");
  });

  it("is recorded once", async () => {
    const { records } = await decide(approve, "owner");
    const again = await decide(approve, "owner", { decisions: records });
    expect(again).toMatchObject({ reaction: "+1", records: [], answer: expect.stringContaining("approved already") });
  });

  it.each<[string, string, Partial<CommandFacts>, string]>([
    ["somebody who does not own the model", "writer", {}, "is no owner of `fraud`, as the base branch says: it is decided by `"],
    ["an owner of a model that has none", "writer", { report: undefined }, "is no owner of `fraud`"],
    [
      "the author, also as an owner",
      "author",
      {},
      "wrote this pull request: another owner has to approve it, also where there is only one.",
    ],
    ["whoever saw an older head", "owner", { shownSha: newer }, "Shown was `1111111`, and the head is `9f3c1a2` now"],
    ["whoever saw nothing", "owner", { shownSha: undefined }, "Nothing was shown of `9f3c1a2` yet"],
    ["whoever saw another result", "owner", { shownResults: another }, "Shown was result `111111111111` of `fraud`, and it is `"],
    ["whoever saw no result", "owner", { shownResults: new Map() }, "No result of `fraud` was shown yet"],
    ["an edited comment", "owner", { edited: true }, "write the command in a new comment"],
    ["a closed pull request", "owner", { pullRequest: createPullRequest({ state: "closed" }) }, "The pull request is closed"],
    ["no report", "owner", { report: undefined }, "There is no result of `fraud` to approve"],
    [
      "a report of another head",
      "owner",
      { report: createReport({ headSha: newer }) },
      "There is no result of `fraud` to approve",
    ],
    ["a failed job", "owner", withState({ kind: "failed", message: "no" }), "There is no result of `fraud` to approve"],
    ["an untouched model", "owner", withState({ kind: "unchanged" }), "is not touched by the pull request"],
    ["no seal", "owner", withState(judged("fraud", { evidence: { seal: undefined } })), "is not sealed"],
    ["a fork's own run", "owner", ofFork("fork"), `have it trained here: \`/assay allow-fork ${headSha}\``],
    ["what nobody vouches for", "owner", withState({ kind: "unverified", message: "no" }), "nobody can vouch for it"],
  ])("is refused to %s", async (_, login, overrides, answer) => {
    const outcome = await decide(approve, login, overrides);
    expect(outcome.reaction).toBe("-1");
    expect(outcome.answer).toContain(answer);
  });

  it("is taken of a fork's commit that was trained here", async () => {
    expect(await decide(approve, "owner", ofFork("fork", true))).toMatchObject({ reaction: "+1", records: [{ model: "fraud" }] });
  });

  it("names the model that was meant", async () => {
    const outcome = await decide({ name: "approve", model: "fruad" }, "owner");
    expect(outcome).toMatchObject({ reaction: "confused", answer: "There is no model `fruad`. Did you mean `fraud`?" });
  });

  it("says that the app may not read a team", async () => {
    const { reaction, answer } = await decide(approve, "member", {}, { unreadable: true });
    expect(reaction).toBe("-1");
    expect(answer).toMatch(/The app may not read who is in `@.?acme\/risk`: give it Members: read/);
  });

  it("of a model without owners, or that the base branch does not know, is a maintainer's", async () => {
    const churn: Command = { name: "approve", model: "churn" };
    const report = createReport({ models: [createModelReport({ name: "churn", owners: [], state: judged("churn") })] });
    expect((await decide(churn, "writer", { report })).reaction).toBe("-1");
    expect((await decide(churn, "maintainer", { report })).reaction).toBe("+1");
    expect((await decide(approve, "maintainer", { law: undefined })).reaction).toBe("+1");
    expect((await decide(approve, "owner", { law: undefined })).reaction).toBe("-1");
  });
});

describe("a waiver", () => {
  it("is recorded with its gate, reason and last day", async () => {
    const { records, reaction } = await decide(waive, "owner", mixed());
    expect(reaction).toBe("+1");
    expect(records).toMatchObject([
      { schema: "assay.waiver/v1", model: "fraud", gate: "recall.no-worse-than", reason: "Late labels", until: "2026-12-31" },
    ]);
  });

  it.each<[string, string, Partial<Extract<Command, { name: "waive" }>>, Partial<CommandFacts>, string]>([
    ["-1", "not an owner", {}, { actor: undefined } as never, "is no owner"],
    ["confused", "a name that is nearly a gate's", { gate: "recall.no-worse-then" }, {}, "Did you mean `recall.no-worse-than`?"],
    ["confused", "a gate of the head only", { gate: "f1.at-most" }, {}, "Its gates are `accuracy.no-worse-than`, `"],
    ["-1", "a gate that passed", { gate: "average_precision.no-worse-than" }, {}, "passed: there is nothing to waive"],
    ["-1", "a gate that was not judged", { gate: "accuracy.no-worse-than" }, {}, "was not judged on this head"],
    ["-1", "yesterday", { until: "2026-11-01" }, {}, "2026-11-01 is over"],
    ["-1", "more than a year", { until: "2027-11-03" }, {}, "a waiver lasts until 2027-11-02 at most"],
    ["-1", "an older head", {}, { shownSha: newer }, "Shown was `1111111`"],
    ["-1", "whoever saw no result", {}, { shownResults: new Map() }, "No result of `fraud` was shown yet"],
    ["-1", "a model without a result", {}, withState({ kind: "lost", message: "lost" }), "There is no result of `fraud`"],
    ["-1", "no rules", {}, { law: undefined }, "is no owner"],
  ])("gets %s for %s", async (reaction, _, change, overrides, answer) => {
    const { actor, ...others } = overrides;
    const login = "actor" in overrides ? "writer" : "owner";
    const outcome = await decide({ ...waive, ...change } as Command, login, { ...mixed(), ...others });
    expect(outcome.answer).toContain(answer);
    expect(outcome.reaction).toBe(reaction);
  });

  it("lasts until today at least and a year at most", async () => {
    for (const until of ["2026-11-02", "2027-11-02"])
      expect((await decide({ ...waive, until } as Command, "owner", mixed())).reaction).toBe("+1");
  });

  it("is refused to the author", async () => {
    expect((await decide(waive, "author", mixed())).answer).toContain("another owner has to waive a gate of it");
  });

  it("never covers missing evidence", async () => {
    const gate = gateOn(averagePrecision, { kind: "no-worse-than", margin: 0.005 }, "inconclusive", "no baseline", {
      missing: true,
    });
    const gates = { ...withState(judged("fraud", { gates: [gate] })) };
    const outcome = await decide({ ...waive, gate: "average_precision.no-worse-than" } as Command, "owner", gates);
    expect(outcome).toMatchObject({ reaction: "-1", answer: expect.stringContaining("lacks evidence, which nobody can waive") });
  });

  it("of a model that the base branch does not know points to approving it", async () => {
    const outcome = await decide(waive, "maintainer", { ...mixed(), law: undefined });
    expect(outcome.answer).toContain("an owner decides, by `/assay approve fraud`.");
  });
});

describe("allowing a fork's commit", () => {
  const pullRequest = createPullRequest({ head: fork });

  it.each(["owner", "member", "maintainer"])("by %s is recorded and starts its training", async (login) => {
    expect(await decide(allow, login, { pullRequest })).toMatchObject({
      reaction: "+1",
      records: [{ schema: "assay.allowance/v1", headSha, by: { login } }],
      dispatch: { again: false },
    });
  });

  it("is recorded and started once", async () => {
    const { records } = await decide(allow, "owner", { pullRequest });
    const again = await decide(allow, "owner", { pullRequest, decisions: records });
    expect(again).toMatchObject({ reaction: "+1", records: [] });
    expect(again.dispatch).toBeUndefined();
  });

  it.each<[string, string, Command, Partial<CommandFacts>, string]>([
    ["who owns nothing", "writer", allow, { pullRequest }, "owns no model of the base branch"],
    ["another commit", "owner", { name: "allow-fork", sha: newer }, { pullRequest }, "`1111111` is not the head"],
    ["a commit that was not shown", "owner", allow, { pullRequest, shownSha: newer }, "Shown was `1111111`"],
    ["a branch of the repository", "owner", allow, {}, "it needs nobody's leave"],
  ])("is refused to %s", async (_, login, command, overrides, answer) => {
    const outcome = await decide(command, login, overrides);
    expect(outcome.answer).toContain(answer);
    expect(outcome.reaction).toBe("-1");
  });
});

describe("training again", () => {
  it("is for who has write permission, on the current head", async () => {
    expect(await decide({ name: "retrain", model: "fraud", seeds: 3 }, "writer")).toMatchObject({
      reaction: "+1",
      records: [],
      dispatch: { model: "fraud", seeds: 3, again: true },
    });
    expect(await decide(retrain, "writer", { shownSha: undefined, report: undefined })).toMatchObject({
      dispatch: { model: undefined, seeds: undefined },
    });
  });

  it.each<[string, string, Command, Partial<CommandFacts>, string]>([
    ["readers", "reader", retrain, {}, "has no write permission"],
    ["strangers", "stranger", retrain, {}, "has no write permission"],
    ["whoever saw an older head", "writer", retrain, { shownSha: newer }, "Shown was `1111111`"],
    ["untouched models", "writer", { name: "retrain", model: "fraud" }, withState({ kind: "unchanged" }), "is not touched"],
    [
      "models in training",
      "writer",
      { name: "retrain", model: "fraud" },
      withState({ kind: "pending" }),
      "is being trained right now",
    ],
    ["forks", "owner", retrain, { pullRequest: createPullRequest({ head: fork }) }, `\`/assay allow-fork ${headSha}\``],
  ])("is refused to %s", async (_, login, command, overrides, answer) => {
    const outcome = await decide(command, login, overrides);
    expect(outcome.answer).toContain(answer);
    expect(outcome.reaction).toBe("-1");
  });

  it("of a fork follows its allowance, of that very commit", async () => {
    const pullRequest = createPullRequest({ head: fork });
    const { records } = await decide(allow, "owner", { pullRequest });
    expect((await decide(retrain, "writer", { pullRequest, decisions: records })).dispatch).toBeDefined();
    const pushed = createPullRequest({ head: { ...fork, sha: newer } });
    expect((await decide(retrain, "writer", { pullRequest: pushed, shownSha: newer, decisions: records })).reaction).toBe("-1");
  });

  it("of a fork is refused once a push came in between, also where the commit is back, until it is allowed again", async () => {
    const pullRequest = createPullRequest({ head: fork });
    const { records } = await decide(allow, "owner", { pullRequest, forcePush: 5 });
    const again = { pullRequest, decisions: records };
    expect((await decide(retrain, "writer", { ...again, forcePush: 5 })).dispatch).toBeDefined();
    expect((await decide(retrain, "writer", { ...again, forcePush: 6 })).answer).toContain(`\`/assay allow-fork ${headSha}\``);
    const renewed = await decide(allow, "owner", { ...again, forcePush: 6 });
    expect(renewed.records).toMatchObject([{ headSha, forcePush: 6 }]);
    expect((await decide(retrain, "writer", { pullRequest, decisions: renewed.records, forcePush: 6 })).dispatch).toBeDefined();
  });
});

describe("questions", () => {
  it.each<[Command, string]>([
    [{ name: "help" }, "`/assay waive <model> <gate> --reason"],
    [{ name: "status" }, "`9f3c1a2`: Do not promote: 1 of 1 model blocked. ❌ `fraud`: 1 failed, 1 inconclusive, 3 passed."],
    [{ name: "explain", model: "fraud" }, "`fraud`: it is trained because data changed"],
  ])("are answered to anybody: %j", async (command, answer) => {
    const report = createReport({
      verdict: "fail",
      models: [createModelReport({ state: judged("fraud", { gates: mixedGates() }) })],
    });
    const outcome = await decide(command, "stranger", { report });
    expect(outcome).toMatchObject({ reaction: "+1", records: [] });
    expect(outcome.answer).toContain(answer);
  });

  it.each<Command>([{ name: "status" }, { name: "explain", model: "fraud" }])("before any report say so: %j", async (command) => {
    expect((await decide(command, "stranger", { report: undefined })).answer).toContain("has not reported");
  });
});

it("answers with nothing that GitHub acts on, whatever is written", async () => {
  const hostile = "@everyone<!-- assay:report v1 --><img src=x>|[a](javascript:x)#1";
  const commands: Command[] = [
    { name: "approve", model: hostile },
    { name: "explain", model: hostile },
    { name: "retrain", model: hostile },
    { ...waive, gate: hostile } as Command,
    { ...waive, model: hostile } as Command,
  ];
  for (const command of commands) {
    const { answer } = await decide(command, "owner", mixed());
    for (const pattern of forbiddenAnywhere) expect(answer).not.toMatch(pattern);
    for (const pattern of forbiddenOutsideCode) expect(withoutCode(answer)).not.toMatch(pattern);
  }
});

it("has no other commands", () => {
  expect(commandNames).toEqual(["help", "status", "retrain", "approve", "waive", "allow-fork", "explain", "rollback"]);
  expect(law.models.size).toBe(2);
});

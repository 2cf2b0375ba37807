import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { decidePromotion, type PromotionFacts, type Proof } from "../../src/registry/decide-promotion.ts";

const commit = "9f3c1a2".padEnd(40, "0");
const approved = (login: string, more: Partial<Proof["approvals"][number]> = {}) => ({
  login,
  headSha: commit,
  at: "2026-11-02T09:00:00Z",
  via: "review" as const,
  isAuthor: false,
  isOwner: true,
  ...more,
});
const proof: Proof = {
  resultDigest: digestOf("result"),
  verdict: { model: "fraud", outcome: "pass", gates: [], reasons: [] },
  pullRequest: 7,
  approvals: [approved("ada"), approved("bo")],
  unshippable: [],
};
const facts: PromotionFacts = {
  model: "fraud",
  version: "v1.2.0",
  stage: "production",
  tag: { name: "fraud@v1.2.0", commit },
  branch: { name: "main", isProtected: true, hasCommit: true },
  rules: {
    stages: ["staging", "production"],
    approvals: new Map([
      ["staging", 1],
      ["production", 2],
    ]),
    notByAuthor: true,
    formats: {},
    card: undefined,
  },
  inputs: { hash: digestOf("inputs") },
  proof,
  stages: new Map([["staging", "v1.2.0"]]),
  unassignable: [],
};
const reasonsFor = (change: Partial<PromotionFacts>) => {
  const decided = decidePromotion({ ...facts, ...change });
  return decided.outcome === "refuse" ? decided.reasons : decided;
};
const gate = (name: string, outcome: "fail" | "inconclusive", note: string) =>
  ({ name, outcome, note, role: "current", gate: {} }) as Proof["verdict"]["gates"][number];

const limited = {
  ...{ name: "auc.at-least", outcome: "pass", note: "above", role: "current" },
  gate: { metric: "auc", kind: "at-least", limit: 0.85 },
  value: { metric: "auc", value: 0.87, seeds: [0.7, 0.95, 0.95] },
} as unknown as Proof["verdict"]["gates"][number];

describe("a version that is proven and approved", () => {
  it("comes into the stage, with who approved it", () => {
    expect(decidePromotion(facts)).toEqual({ outcome: "promote", approvals: proof.approvals });
  });

  it("needs no earlier stage for the first one", () => {
    expect(decidePromotion({ ...facts, stage: "staging", stages: new Map() })).toMatchObject({ outcome: "promote" });
  });

  it("needs nobody's approval where the rules ask for none", () => {
    const rules = {
      stages: ["production"],
      approvals: new Map([["production", 0]]),
      notByAuthor: true,
      formats: {},
      card: undefined,
    };
    const decided = decidePromotion({ ...facts, rules, proof: { ...proof, approvals: [] } });
    expect(decided).toEqual({ outcome: "promote", approvals: [] });
  });

  it("counts its author where the rules let authors approve", () => {
    const rules = { ...facts.rules, notByAuthor: false } as NonNullable<PromotionFacts["rules"]>;
    const approvals = [approved("ada", { isAuthor: true }), approved("bo")];
    expect(decidePromotion({ ...facts, rules, proof: { ...proof, approvals } })).toMatchObject({ approvals });
  });
});

describe("a promotion is refused", () => {
  it.each<[string, Partial<PromotionFacts>, string]>([
    ["without a tag that counts", { tag: { wrong: "fraud@v1.2.0 is a lightweight tag." } }, "fraud@v1.2.0 is a lightweight tag."],
    [
      "when the commit is not on the default branch",
      { branch: { ...facts.branch, hasCommit: false } },
      "Commit 9f3c1a2, which fraud@v1.2.0 points at, is not on main. Merge it, then tag what is on the branch.",
    ],
    [
      "when the default branch is not protected",
      { branch: { ...facts.branch, isProtected: false } },
      "Branch main is not protected, so anybody who can push decides what is on it. Protect it.",
    ],
    [
      "when everybody who can push changes the default branch",
      { branch: { ...facts.branch, takesPushes: true } },
      "The rules for main let everybody who can push change it, assay.yml and its owners too. Add the rule that a pull request is required before merging.",
    ],
    [
      "when assay.yml does not promote the model",
      { rules: undefined },
      "assay.yml on main does not say that fraud is promoted. Add `promote: {stages: [production]}` to models.fraud.",
    ],
    ["to a stage that there is not", { stage: "live" }, "live is not a stage of fraud: assay.yml has staging, production."],
    [
      "before the stage that comes first",
      { stages: new Map() },
      "staging comes before production and has no version. Promote v1.2.0 to staging first.",
    ],
    [
      "while the stage that comes first has another version",
      { stages: new Map([["staging", "v1.1.0"]]) },
      "staging comes before production and has v1.1.0. Promote v1.2.0 to staging first.",
    ],
    [
      "when the stage that comes first has the version by a tag that somebody wrote",
      { handmade: "fraud#staging#4" },
      "staging has v1.2.0 by fraud#staging#4, which no promotion made. Promote v1.2.0 to staging first.",
    ],
    [
      "when the model that ships, the first of several, does not keep a limit that their mean keeps",
      { proof: { ...proof, verdict: { ...proof.verdict, gates: [limited] } } },
      "auc.at-least holds for the mean of 3 trainings and not for the first one, whose model ships: 0.7, where 0.85 is the limit. Train with seeds of which the first one keeps it.",
    ],
    [
      "when the default branch's assay.yml is broken",
      { rules: undefined, mistake: "assay.yml on main cannot be read.", proof: { wrong: [] } },
      "assay.yml on main cannot be read.",
    ],
    [
      "when the inputs cannot be told",
      { inputs: { wrong: "The tagged tree has no assay.yml." } },
      "The tagged tree has no assay.yml.",
    ],
    ["when nobody vouches for the evidence", { proof: { wrong: ["There is no evidence."] } }, "There is no evidence."],
    [
      "when a gate fails or is inconclusive",
      {
        proof: {
          ...proof,
          verdict: {
            model: "fraud",
            outcome: "fail",
            gates: [
              gate("recall.no-worse-than", "fail", "0.06 past the limit"),
              gate("f1.at-least", "inconclusive", "too few rows"),
            ],
            reasons: [],
          },
        },
      },
      "The verdict is fail: recall.no-worse-than fails (0.06 past the limit); f1.at-least is inconclusive (too few rows).",
    ],
    [
      "with too few approvals, and is told whose do not count",
      {
        proof: { ...proof, approvals: [approved("ada", { isAuthor: true }), approved("bo"), approved("cy", { isOwner: false })] },
      },
      "production needs 2 approvals of this very result on #7, and it has @bo (@ada made the change; @cy does not own the model now).",
    ],
    [
      "when a file of the model may not be shipped",
      { proof: { ...proof, unshippable: ["model.pkl is a pickle."] } },
      "model.pkl is a pickle.",
    ],
    [
      "while a tag of the stage is dated in the future",
      { unassignable: ["fraud#production#9 is dated in the future."] },
      "fraud#production#9 is dated in the future.",
    ],
  ])("%s", (_, change, reason) => {
    expect(reasonsFor(change)).toEqual([reason]);
  });

  it("with every reason at once", () => {
    const change = {
      tag: { wrong: "There is no tag fraud@v1.2.0." },
      branch: { name: "main", isProtected: false, hasCommit: false },
      stages: new Map<string, string>(),
      proof: { ...proof, approvals: [], verdict: { ...proof.verdict, outcome: "inconclusive" as const, reasons: ["no gates"] } },
    };
    expect(reasonsFor(change)).toEqual([
      "There is no tag fraud@v1.2.0.",
      expect.stringContaining("not protected"),
      expect.stringContaining("staging comes before production"),
      "The verdict is inconclusive: no gates.",
      expect.stringContaining("it has none."),
    ]);
  });
});

describe("break-glass", () => {
  const asker = (by: string) => ({ by, comment: 3, at: "2026-11-02T09:00:00Z", reason: "v1.1.0 declines every card" });
  const line = "/assay break-glass fraud@v1.2.0 to production, …: <why>";
  const breakGlass = { issue: 57, askedBy: [asker("ada"), asker("bo"), asker("cy")], ignored: [], line };
  const failed = { ...proof, verdict: { ...proof.verdict, outcome: "fail" as const, gates: [gate("f1", "fail", "below")] } };
  const unapproved = { ...failed, approvals: [approved("ada")] };

  it("goes around verdict, approvals and the stage before, and keeps each and the two who asked first", () => {
    const decided = decidePromotion({ ...facts, stages: new Map(), proof: unapproved, breakGlass });
    expect(decided).toEqual({
      outcome: "promote",
      approvals: unapproved.approvals,
      breakGlass: {
        issue: 57,
        askedBy: [asker("ada"), asker("bo")],
        around: [
          "staging comes before production and has no version. Promote v1.2.0 to staging first.",
          "The verdict is fail: f1 fails (below).",
          "production needs 2 approvals of this very result on #7, and it has @ada.",
        ],
      },
    });
  });

  it("goes around a limit that the first of several models does not keep, and a tag that somebody wrote", () => {
    const handmade = "fraud#staging#4";
    const change = { proof: { ...proof, verdict: { ...proof.verdict, gates: [limited] } }, handmade, breakGlass };
    expect(decidePromotion({ ...facts, ...change })).toMatchObject({
      outcome: "promote",
      breakGlass: { around: [expect.stringContaining(handmade), expect.stringContaining("the first one, whose model ships")] },
    });
  });

  it("is no part of a promotion against which nothing speaks", () => {
    expect(decidePromotion({ ...facts, breakGlass })).toEqual({ outcome: "promote", approvals: proof.approvals });
  });

  it.each<[string, Partial<PromotionFacts>]>([
    ["a tag that does not count", { tag: { wrong: "fraud@v1.2.0 is a lightweight tag." } }],
    ["a commit that was not merged", { branch: { ...facts.branch, hasCommit: false } }],
    ["a branch that is not protected", { branch: { ...facts.branch, isProtected: false } }],
    ["a branch that everybody can push to", { branch: { ...facts.branch, takesPushes: true } }],
    ["a model that is not promoted", { rules: undefined }],
    ["a stage that there is not", { stage: "live" }],
    ["inputs that cannot be told", { inputs: { wrong: "The tagged tree has no assay.yml." } }],
    ["evidence that nobody vouches for", { proof: { wrong: ["There is no evidence."] } }],
    ["files that may not be shipped", { proof: { ...unapproved, unshippable: ["model.pkl is a pickle."] } }],
    ["a stage that no tag would change", { unassignable: ["production was assigned in the future."] }],
  ])("never goes around %s", (_, change) => {
    const without = reasonsFor({ proof: failed, ...change });
    expect(without).not.toHaveLength(0);
    expect(reasonsFor({ proof: failed, ...change, breakGlass })).toEqual([
      ...(without as readonly string[]),
      "Break-glass goes around the verdict, the approvals and the order of the stages, and around nothing else of what is said here.",
    ]);
  });

  it("needs two owners, and says who asked, whose word does not count and what each of them writes", () => {
    const ignored = ["the comment of @cy does not count: it is older than 24 hours"];
    const asked = { issue: 57, askedBy: [asker("ada")], ignored, line };
    expect(reasonsFor({ proof: failed, breakGlass: asked })).toEqual([
      "The verdict is fail: f1 fails (below).",
      `Break-glass needs two owners of fraud who ask for production in #57, and @ada does (${ignored[0]}). Each of them writes a comment there of this line, with the reason, and within a day it is promoted with --break-glass 57: ${line}`,
    ]);
  });
});

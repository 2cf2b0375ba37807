import { expect, it } from "vitest";
import { decideRollback, type RollbackFacts } from "../../src/registry/decide-rollback.ts";

const facts: RollbackFacts = {
  model: "fraud",
  version: "v1.1.0",
  stage: "production",
  tag: { name: "fraud@v1.1.0", commit: "9f3c1a2".padEnd(40, "0") },
  branch: { name: "main", isProtected: true, hasCommit: true },
  rules: { stages: ["staging", "production"], approvals: new Map(), notByAuthor: true, formats: {}, card: undefined },
  wasThere: true,
  release: { url: "https://github.com/acme/models/releases/tag/fraud%40v1.1.0" },
  unassignable: [],
};

it("goes back to a version that a promotion put into the stage", () => {
  expect(decideRollback(facts)).toEqual({ outcome: "roll-back" });
});

it("goes back also while assay.yml on the default branch is broken", () => {
  expect(decideRollback({ ...facts, rules: undefined, mistake: "assay.yml on main cannot be read." })).toEqual({
    outcome: "roll-back",
  });
});

it.each<[string, Partial<RollbackFacts>, readonly string[]]>([
  [
    "has no tag that counts",
    { tag: { wrong: "There is no tag fraud@v1.1.0." }, wasThere: false },
    ["There is no tag fraud@v1.1.0."],
  ],
  [
    "is of a commit that is not merged",
    { branch: { name: "main", isProtected: true, hasCommit: false } },
    ["Commit 9f3c1a2, which fraud@v1.1.0 points at, is not on main. Merge it, then tag what is on the branch."],
  ],
  [
    "was never there by a promotion",
    { wasThere: false },
    ["v1.1.0 of fraud was never in production by a promotion, so there is nothing to go back to. Promote it."],
  ],
  [
    "is in the stage by a tag that is to stay and no promotion made",
    { handmade: "fraud#production#9" },
    ["production has v1.1.0 by fraud#production#9, which no promotion made. Promote v1.1.0 to production."],
  ],
  ["has no release any more", { release: { wrong: "The release is gone." } }, ["The release is gone."]],
  ["would not count after a tag of the future", { unassignable: ["It is dated 2099."] }, ["It is dated 2099."]],
  [
    "is to come into a stage that there is not",
    { rules: undefined },
    ["production is not a stage of fraud: assay.yml has none."],
  ],
])("is refused where the version %s", (_, change, reasons) => {
  expect(decideRollback({ ...facts, ...change })).toEqual({ outcome: "refuse", reasons });
});

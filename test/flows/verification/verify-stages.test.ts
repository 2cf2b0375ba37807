import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assignmentMessage, promotionKey } from "../../../src/registry/promotion-key.ts";
import { openReleased, type Released, tag } from "./released.ts";

let released: Released;
beforeEach(async () => {
  released = await openReleased();
});
afterEach(() => released?.close());

/** A stage's tag at the released commit, as anybody who can push can make it. */
function assign(name: string, message: string): void {
  const me = ["-c", "user.name=mallory", "-c", "user.email=mallory@localhost"];
  released.bare(...me, "tag", "-a", name, "-m", message, `${tag}^{commit}`);
}

const messageOf = (name: string) => released.bare("tag", "-l", "--format=%(contents)", name);

describe("a stage's tag of the version is named where no promotion made it", () => {
  it("by hand", async () => {
    assign("fraud#production#9", "To production");
    expect((await released.verify()).wrong).toEqual([
      "fraud#production#9 says that production has v1.1.0, and no promotion made that tag: somebody tagged it by hand. Delete the tag, and promote v1.1.0 to production.",
    ]);
  });

  it("with the key of another promotion", async () => {
    assign("fraud#production#9", messageOf("fraud#staging#1"));
    expect((await released.verify()).wrong).toEqual([
      "fraud#production#9 says that production has v1.1.0, and the key in its message is not that of a promotion of v1.1.0: somebody copied it or made it up. Delete the tag, and promote v1.1.0 to production.",
    ]);
  });

  it("with its very key, and without the deployment that GitHub would have", async () => {
    const assignment = { model: "fraud", version: "v1.1.0", tagObject: released.bare("rev-parse", tag), stage: "production" };
    assign("fraud#production#9", assignmentMessage(assignment, promotionKey(assignment, undefined)));
    expect((await released.verify()).wrong).toEqual([
      "fraud#production#9 says that production has v1.1.0, and GitHub has no deployment of the promotion whose key it has: it was interrupted, or somebody made the tag. Promote v1.1.0 to production again.",
    ]);
  });

  it("and is no reason against it where the stage is none of assay.yml, or the stage went on", async () => {
    assign("fraud#dev#9", "For a try");
    assign("fraud#production#8", "To production");
    released.bare(
      "-c",
      "user.name=m",
      "-c",
      "user.email=m@localhost",
      "tag",
      "-a",
      "fraud#production!#10",
      "-m",
      "Out",
      `${tag}^{commit}`,
    );
    const { wrong, notProof } = await released.verify();
    expect(wrong).toEqual([]);
    expect(notProof).toEqual([
      "fraud#dev#9 was made by no promotion: assay.yml has no stage dev.",
      "fraud#production#8, by which production had v1.1.0 once, was made by no promotion.",
      expect.stringMatching(/^promotions\/fraud\/staging-1\.json on branch assay-ledger: no app recorded it/),
    ]);
  });
});

it("finds the version's promotion among however many records", async () => {
  const junk = Array.from({ length: 250 }, (_, index) => [`promotions/fraud/zz-${index}.json`, "{}"]);
  released.shop.place.push("assay-ledger", Object.fromEntries(junk), { from: "assay-ledger" });
  expect((await released.verify()).wrong).toEqual([]);
});

it("is named where the default branch's rules let everybody push", async () => {
  const { github } = released;
  const open = { requiredChecks: [], keeps: true, onlyGrows: true, byPullRequest: false };
  const through = { ...github, settings: { ...github.settings, branchRules: async () => open } };
  expect((await released.verify(tag, through)).wrong).toEqual([
    expect.stringMatching(/^The rules for main let everybody who can push change it, assay\.yml and its owners too\./),
  ]);
});

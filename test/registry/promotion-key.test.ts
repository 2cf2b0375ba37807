import { describe, expect, it } from "vitest";
import { type Assignment, assignmentMessage, keyOfStageTag, promotionKey } from "../../src/registry/promotion-key.ts";

const assignment: Assignment = {
  ...{ model: "fraud", version: "v1.2.0", stage: "production" },
  tagObject: "a".repeat(40),
  commit: "b".repeat(40),
};
const names = ["fraud@v1.2.0", "fraud#staging#3", "fraud#production#2", "fraud#production!#4", "fraud#production#5"];
const after = "fraud#production!#4";
const message = assignmentMessage(assignment, promotionKey(assignment, after));
const tag = { name: "fraud#production#5", commit: assignment.commit, message };

describe("the key of a promotion, in the message of the stage's tag", () => {
  it("is that of the version's very tag, and of what the stage was before", () => {
    expect(keyOfStageTag(tag, assignment, names)).toBe(promotionKey(assignment, after));
    const first = { ...tag, message: assignmentMessage(assignment, promotionKey(assignment, undefined)) };
    expect(keyOfStageTag(first, assignment, names)).toBe(promotionKey(assignment, undefined));
  });

  it.each<[string, Partial<typeof tag>, Partial<Assignment>?]>([
    ["that no promotion has", { message: assignmentMessage(assignment, "0123456789abcdef") }],
    ["that is not there", { message: "Promote fraud v1.2.0 to production" }],
    ["at another commit", { commit: "c".repeat(40) }],
    ["of a version whose tag was moved", {}, { tagObject: "d".repeat(40) }],
    ["of another version", {}, { version: "v1.3.0" }],
    ["of another stage", { name: "fraud#staging#5" }, { stage: "staging" }],
    ["under the name of another stage's tag", { name: "fraud#staging#5" }],
    ["of what came after it", { name: "fraud#production#3" }],
    ["in a tag that takes a version out", { name: "fraud#production!#6" }],
  ])("does not count where it is one %s", (_, change, of = {}) => {
    expect(keyOfStageTag({ ...tag, ...change }, { ...assignment, ...of }, names)).toBeUndefined();
  });
});

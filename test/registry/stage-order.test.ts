import { expect, it } from "vitest";
import type { GitTag } from "../../src/git/tags.ts";
import { assignmentMessage, promotionKey } from "../../src/registry/promotion-key.ts";
import { readRegistry } from "../../src/registry/registry-state.ts";
import { newestBefore, whyDeprecated } from "../../src/registry/stage-order.ts";

const tagged = (name: string, taggedAt: number): GitTag => ({
  ...{ name, id: name, commit: "c", committedAt: 100, tagger: { name: "t", email: "t@localhost" } },
  ...{ taggedAt, offsetMinutes: 0, message: "" },
});
const why = (...tags: readonly GitTag[]) => whyDeprecated(readRegistry(tags).models.get("fraud"));

it("lets no version of a deprecated model into a stage, and names the tag that says so", () => {
  const version = tagged("fraud@v1.0.0", 200);
  expect(why(version)).toEqual([]);
  expect(why(version, tagged("fraud@deprecated#2", 300))).toEqual([
    'fraud is deprecated by fraud@deprecated#2: it is no longer in use. Delete that tag if it is: git push --delete origin "refs/tags/fraud@deprecated#2".',
  ]);
  expect(why(version, tagged("fraud@deprecated#2", 300), tagged("fraud@v1.1.0", 400))).toEqual([]);
  expect(why()).toEqual([]);
});

it("tells by which tag a stage is what it was, besides the one that the promotion itself made last", () => {
  const assignment = { model: "fraud", version: "v1.2.0", tagObject: "o", commit: "c", stage: "production" };
  const first = tagged("fraud#production#1", 200);
  const own = {
    ...tagged("fraud#production#2", 300),
    message: assignmentMessage(assignment, promotionKey(assignment, first.name)),
  };
  const back = tagged("fraud#production!#3", 400);
  const forged = { ...own, name: "fraud#production#4", taggedAt: 500 };
  const of = (...tags: readonly GitTag[]) => {
    const names = tags.map(({ name }) => name);
    return newestBefore(assignment, [...tags, tagged("fraud#staging#9", 900)], names)?.name;
  };
  expect(of()).toBeUndefined();
  expect(of(first)).toBe(first.name);
  expect(of(own)).toBe(own.name);
  expect(of(first, own)).toBe(first.name);
  expect(of(first, own, back)).toBe(back.name);
  expect(of(first, own, back, forged)).toBe(back.name);
});

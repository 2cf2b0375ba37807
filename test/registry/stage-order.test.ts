import { expect, it } from "vitest";
import type { GitTag } from "../../src/git/tags.ts";
import { readRegistry } from "../../src/registry/registry-state.ts";
import { whyDeprecated } from "../../src/registry/stage-order.ts";

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

import { expect, it } from "vitest";
import { latestOrNot } from "../../src/publishing/latest-or-not.ts";

it.each([
  ["the repository's first release", undefined, "v0.1.0", "true"],
  ["a higher version of the latest one's model", "fraud@v1.9.0", "v1.10.0", "true"],
  ["a lower version, such as a mended old one", "fraud@v2.0.0", "v1.10.0", "false"],
  ["the same version again", "fraud@v1.10.0", "v1.10.0", "false"],
  ["a version of another model", "churn@v1.0.0", "v1.10.0", "false"],
  ["a version where the latest is the team's own release", "v3.0.0", "v1.10.0", "false"],
  ["an early version", undefined, "v2.0.0-rc.1", "false"],
])("%s takes the mark only from its own model", (_, tag, version, expected) => {
  expect(latestOrNot(tag === undefined ? undefined : { tag }, { model: "fraud", version })).toBe(expected);
});

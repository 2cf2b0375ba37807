import { afterAll, describe, expect, it } from "vitest";
import { playArchives } from "./play-archives.ts";
import { playChanges } from "./play-changes.ts";
import { playComments } from "./play-comments.ts";
import { playPayloads } from "./play-payloads.ts";
import { playRuns } from "./play-runs.ts";
import { createTally } from "./tally.ts";

const tally = createTally();

describe("hostile", () => {
  playPayloads(tally);
  playArchives(tally);
  playComments(tally);
  playRuns(tally);
  playChanges(tally);

  it("is played in at least 200 cases", () => expect(tally.declared).toBeGreaterThanOrEqual(200));

  // A case counts once it has ended, and every one ends with nothing live in what was posted, nothing posted elsewhere, no success.
  afterAll(() => {
    const wrong = tally.declared - tally.cases;
    const of = wrong === 0 ? "0 escapes, 0 wrong posts, 0 passed" : `${wrong} not played or not held`;
    console.log(`${tally.lines().join("\n")}\nhostile corpus: ${tally.cases} cases, ${of}`);
  });
});

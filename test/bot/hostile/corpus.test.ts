import { afterAll, describe, expect, it } from "vitest";
import { playArchives } from "./play-archives.ts";
import { playChanges } from "./play-changes.ts";
import { playComments } from "./play-comments.ts";
import { playConversations } from "./play-conversations.ts";
import { playDispatches } from "./play-dispatches.ts";
import { playLedgers } from "./play-ledgers.ts";
import { playPayloads } from "./play-payloads.ts";
import { playRuns } from "./play-runs.ts";
import { playWords } from "./play-words.ts";
import { createStage } from "./stage.ts";
import { createTally } from "./tally.ts";

const tally = createTally();

describe("hostile", () => {
  const stage = createStage(tally);
  playConversations(tally, stage);
  playLedgers(tally, stage);
  playDispatches(tally, stage);
  playChanges(tally, stage);
  playWords(tally, stage);
  // Those with megabytes last: it takes a large process long to start git.
  playComments(tally, stage);
  playRuns(tally, stage);
  playArchives(tally);
  playPayloads(tally);

  it("is played in at least 200 cases", () => expect(tally.declared).toBeGreaterThanOrEqual(200));

  // A case counts once it has ended, and every one ends with nothing live in what was posted, nothing posted elsewhere, no success.
  afterAll(() => console.log(tally.lines().join("\n")));
});

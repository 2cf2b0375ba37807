import { describe, expect, it } from "vitest";
import { hostileRuns } from "../../fixtures/hostile/artifacts.ts";
import type { Opened } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

/** As many runs on one commit: of a workflow's the newest speaks. */
const onOneCommit = 12;

/** Has the corpus' runs judged by the app on the embedded GitHub. */
export function playRuns(tally: Tally, stage: Stage): void {
  tally.declare(hostileRuns.length);
  describe("a run", () => {
    const scene = stage.scene("runs");
    let played = 0;
    let pull: Opened;

    it.each(hostileRuns)("with $name does not pass, and the pull request says why", async ({ leaves, says, minutesAgo }) => {
      if (played % onOneCommit === 0) pull = await scene().open();
      played += 1;
      await scene().play(pull, leaves, minutesAgo === undefined ? {} : { minutesAgo });
      expect(await scene().look(pull, { once: played % onOneCommit !== 0 })).toMatch(says);
      tally.played("plans and evidence");
    });
  });
}

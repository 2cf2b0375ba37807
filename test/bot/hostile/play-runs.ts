import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import { hostileRuns } from "../../fixtures/hostile/artifacts.ts";
import { createWorld, type World } from "../world.ts";
import { createScene, type Scene } from "./scene.ts";
import type { Tally } from "./tally.ts";

/** As people read it. */
function plain(markdown: string): string {
  return markdown.replace(/&#8203;|\u200b|\\(?=[!-/:-@[-`{-~])/g, "");
}

/** Has the corpus' runs judged by the app on the embedded GitHub. */
export function playRuns(tally: Tally): void {
  tally.declare(hostileRuns.length);
  describe("a run", () => {
    let github: EmbeddedGitHub;
    let world: World;
    let scene: Scene;
    let opened = 0;

    beforeAll(async () => {
      github = await startEmbeddedGitHub();
      world = await createWorld({ github });
      scene = createScene(world);
    });
    afterAll(async () => {
      await world?.close();
      await github?.close();
    });

    it.each(hostileRuns)("with $name does not pass, and the pull request says why", async ({ leaves, says, minutesAgo }) => {
      opened += 1;
      const branch = `change-${opened}`;
      const pull = await world.open({ "train.py": `change ${opened}` }, { branch });
      await scene.play(pull, leaves, { headBranch: branch, ...(minutesAgo !== undefined && { minutesAgo }) });
      const said = await scene.look(pull, { once: opened % 10 !== 0 });
      expect(plain(said)).toMatch(says);
      tally.played("plans and evidence");
    });
  });
}

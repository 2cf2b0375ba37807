import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { planOnly } from "../../fixtures/hostile/artifacts.ts";
import { baseBranches, headBranches } from "../../fixtures/hostile/branches.ts";
import { hostileTexts } from "../../fixtures/hostile/texts.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

/** Pull requests whose every name is somebody's own words. */
export function playWords(tally: Tally, stage: Stage): void {
  tally.declare(Object.keys(hostileTexts).length + headBranches.length + baseBranches.length);
  describe("a pull request", () => {
    const scene = stage.scene("words");
    let opened = 0;

    async function open({ headRef = "", baseRef = "main", title = "Change", body = "", label = "" }) {
      opened += 1;
      const { github, fullName, gitFolder, push } = scene().world;
      push("words", { "train.py": `words ${opened}` }, { from: baseRef });
      const branch = headRef || `words-${opened}`;
      execFileSync("git", ["-C", gitFolder, "update-ref", `refs/heads/${branch}`, "refs/heads/words"]);
      const labels = label === "" ? [] : [label];
      const pull = { repository: fullName, title, body, labels, headRef: branch, baseRef, author: "contributor" };
      return { ...(await github.createPullRequest(pull)), branch };
    }

    it.each(Object.entries(hostileTexts))("whose title, text and label are %s says nothing that is not text", async (_, text) => {
      const pull = await open({ title: text.slice(0, 256), body: text, label: text.slice(0, 50) });
      await scene().play(pull, planOnly);
      await scene().look(pull, { once: true });
      tally.played("titles, texts and labels");
    });

    it.each(headBranches)("from a branch %s says nothing that is not text", async (headRef) => {
      const pull = await open({ headRef });
      await scene().play(pull, planOnly);
      await scene().look(pull, { once: true });
      execFileSync("git", ["-C", scene().world.gitFolder, "update-ref", "-d", `refs/heads/${headRef}`]);
      tally.played("branches");
    });

    it.each(baseBranches)("to a branch %s is judged by that one, and says nothing that is not text", async (baseRef) => {
      const { gitFolder } = scene().world;
      execFileSync("git", ["-C", gitFolder, "update-ref", `refs/heads/${baseRef}`, "refs/heads/main"]);
      const pull = await open({ baseRef });
      await scene().play(pull, planOnly);
      expect(await scene().look(pull, { once: true })).toContain(pull.baseSha.slice(0, 7));
      tally.played("branches");
    });
  });
}

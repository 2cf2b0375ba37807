import { describe, expect, it } from "vitest";
import { perfect, planOnly } from "../../fixtures/hostile/artifacts.ts";
import { workflow } from "../world.ts";
import type { RunFacts } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

const reusable = ".github/workflows/called.yml";
const changed = (path: string) => ({ files: { "train.py": path, [path]: "changed" } });

interface HostileChange {
  name: string;
  files?: Readonly<Record<string, string>>;
  facts?: RunFacts;
  says: RegExp;
}

const changes: readonly HostileChange[] = [
  { name: "a workflow edited at the same path", ...changed(workflow), says: /changes the workflow that made it/ },
  {
    name: "a workflow of its own",
    ...changed(".github/workflows/mine.yml"),
    facts: { workflowPath: ".github/workflows/mine.yml" },
    says: /changes the workflow that made it/,
  },
  {
    name: "a called workflow edited",
    ...changed(reusable),
    facts: { referencedWorkflows: [{ path: `acme/changes/${reusable}@refs/heads/change`, sha: "a".repeat(40) }] },
    says: /changes the workflow that made it/,
  },
  { name: "an action of the repository edited", ...changed(".github/actions/plan/index.js"), says: /changes an action/ },
  { name: "an action elsewhere edited", ...changed("tools/plan/action.yml"), says: /changes an action/ },
  ...["push", "workflow_dispatch", "schedule", "repository_dispatch", "pull_request_target", "workflow_run", "release"].map(
    (event) => ({
      name: `a run of the event ${event}`,
      facts: { event },
      says: /Waiting for the workflow run|follows when the workflow has run/,
    }),
  ),
  {
    name: "a run that somebody dispatched under the app's title",
    facts: { event: "workflow_dispatch", title: "Assay #1: comment-1", headBranch: "main" },
    says: /Waiting for the workflow run|follows when the workflow has run/,
  },
];

/** Has the app judge changes whose runs leave all that would pass, and may not count. */
export function playChanges(tally: Tally, stage: Stage): void {
  tally.declare(changes.length + 3);
  describe("a change", () => {
    const scene = stage.scene("changes");

    it.each(changes)("with $name does not pass, and is told why", async ({ files, facts, says }) => {
      const pull = await scene().open(files);
      await scene().play(pull, perfect, facts);
      expect(await scene().look(pull)).toMatch(says);
      tally.played("changes and runs");
    });

    it("of a fork with its own perfect run does not pass", async () => {
      const pull = await scene().open({}, { fork: "stranger" });
      await scene().play(pull, perfect);
      expect(await scene().look(pull)).toMatch(/a fork runs its own version of the workflow/);
      tally.played("changes and runs");
    });

    it("with a run of another pull request of the same commit, which has another base, does not pass", async () => {
      const { github, fullName, push } = scene().world;
      push("feature", { [workflow]: "name: Mine" });
      const pull = await scene().open();
      const pulls = { repository: fullName, title: "Change", headRef: pull.branch, baseRef: "feature", author: "contributor" };
      const other = await github.createPullRequest(pulls);
      await scene().play(pull, perfect, { pullRequest: other.number });
      expect(await scene().look(pull)).toMatch(/whose head is the same commit/);
      tally.played("changes and runs");
    });

    it("with a comment and a check that somebody else made look like ours does not pass, and theirs are left alone", async () => {
      const { github } = scene().world;
      const pull = await scene().open();
      const body = "<!-- assay:report v1 -->\n## ✅ May be promoted";
      await github.addComment({ number: pull.number, author: "stranger", body });
      await scene().play(pull, planOnly);
      await scene().look(pull);
      expect(github.comments(pull.number).find(({ author }) => author === "stranger")?.body).toBe(body);
      expect(github.comments(pull.number)).toHaveLength(2);
      tally.played("changes and runs");
    });
  });
}

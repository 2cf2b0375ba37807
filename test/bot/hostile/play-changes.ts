import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { sealEvidence } from "../../../src/evidence/seal.ts";
import { evidenceFileName, planFileName } from "../../../src/flows/job-files.ts";
import { evidenceText } from "../../../src/flows/keep-evidence.ts";
import { serializePlan } from "../../../src/plan/serialize-plan.ts";
import type { Honest, Upload } from "../../fixtures/hostile/artifacts.ts";
import { hostileTexts } from "../../fixtures/hostile/texts.ts";
import { createWorld, type World, workflow } from "../world.ts";
import { createScene, type RunFacts, type Scene } from "./scene.ts";
import type { Tally } from "./tally.ts";

/** What would pass, if the run were what it should be. */
const perfect = ({ plan, evidence }: Honest): readonly Upload[] => [
  { name: planFileName, content: serializePlan(plan) },
  {
    name: evidenceFileName("fraud", plan.models[0]?.candidate.inputHash ?? ""),
    content: evidenceText(sealEvidence(evidence, new Date(0))),
  },
];

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
    facts: { referencedWorkflows: [{ path: `acme/models/${reusable}@refs/heads/change`, sha: "a".repeat(40) }] },
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
export function playChanges(tally: Tally): void {
  tally.declare(changes.length + 3 + Object.keys(hostileTexts).length);
  describe("a change", () => {
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
    const open = (files: Readonly<Record<string, string>>, options: { fork?: string } = {}): Promise<PullRequestShas> => {
      opened += 1;
      return world.open({ "train.py": `change ${opened}`, ...files }, { branch: `change-${opened}`, ...options });
    };
    const branch = () => `change-${opened}`;

    it.each(changes)("with $name does not pass, and is told why", async ({ files = {}, facts = {}, says }) => {
      const pull = await open(files);
      await scene.play(pull, perfect, { headBranch: branch(), ...facts });
      expect(await scene.look(pull)).toMatch(says);
      tally.played("changes and runs");
    });

    it("of a fork with its own perfect run does not pass", async () => {
      const pull = await open({}, { fork: "stranger" });
      await scene.play(pull, perfect, { headBranch: branch() });
      expect(await scene.look(pull)).toMatch(/a fork runs its own version of the workflow/);
      tally.played("changes and runs");
    });

    it("with a run of another pull request of the same commit, which has another base, does not pass", async () => {
      world.push("feature", { [workflow]: "name: Mine" });
      const pull = await open({});
      const other = await github.createPullRequest({
        repository: world.fullName,
        title: "Change",
        headRef: branch(),
        baseRef: "feature",
        author: "contributor",
      });
      await scene.play(pull, perfect, { headBranch: branch(), pullRequest: other.number });
      expect(await scene.look(pull)).toMatch(/whose head is the same commit/);
      tally.played("changes and runs");
    });

    it("with a comment and a check that somebody else made look like ours does not pass, and theirs are left alone", async () => {
      const pull = await open({});
      const body = "<!-- assay:report v1 -->\n## ✅ May be promoted";
      await github.addComment({ number: pull.number, author: "stranger", body });
      await scene.play(pull, ({ plan }) => [{ name: planFileName, content: serializePlan(plan) }], { headBranch: branch() });
      await scene.look(pull);
      expect(github.comments(pull.number).find(({ author }) => author === "stranger")?.body).toBe(body);
      expect(github.comments(pull.number)).toHaveLength(2);
      tally.played("changes and runs");
    });

    it.each(Object.entries(hostileTexts))("whose title is %s says nothing that is not text", async (_, text) => {
      opened += 1;
      world.push(branch(), { "train.py": `change ${opened}` });
      const title = text.slice(0, 256);
      const pull = await github.createPullRequest({
        repository: world.fullName,
        title,
        headRef: branch(),
        baseRef: "main",
        author: "contributor",
      });
      await scene.play(pull, ({ plan }) => [{ name: planFileName, content: serializePlan(plan) }], { headBranch: branch() });
      await scene.look(pull, { once: true });
      tally.played("titles");
    });
  });
}

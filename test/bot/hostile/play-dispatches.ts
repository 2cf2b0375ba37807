import { describe, expect, it } from "vitest";
import type { Plan } from "../../../src/plan/plan.ts";
import { worse } from "../../flows/create-judgement.ts";
import { headSha as anotherHead, createEvidence } from "../../report/create-report.ts";
import type { RunOptions } from "../world.ts";
import { click, pushTo } from "./people.ts";
import type { Opened, Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

interface HostileDispatch {
  name: string;
  /** What the run that the app started leaves, of what would pass. */
  leaves(pull: Opened, runId: number): RunOptions;
  says: RegExp;
}

const planOf = (plan: Partial<Plan>): RunOptions => ({ plan });

/** Evidence from the run, of something else. */
function sourceOf({ headSha, mergeSha, number }: Opened, id: number, changes: object): RunOptions {
  const { source } = createEvidence("fraud");
  const run = { ...source.run, id, attempt: 1, event: "workflow_dispatch", workflow: ".github/workflows/models.yml" };
  const own = { repository: "acme/dispatches", commit: mergeSha, headSha, pullRequest: number, run };
  return { evidence: { source: { ...own, ...changes } } };
}

/** Whatever has no plan of its own says nothing: what the run before it said stays. */
const asBefore = /fraud.*1 failed/;

const claims: readonly HostileDispatch[] = [
  {
    name: "a plan of another pull request",
    leaves: ({ number }) => planOf({ pullRequest: number - 1 }),
    says: asBefore,
  },
  { name: "a plan of no pull request", leaves: () => planOf({ pullRequest: undefined }), says: asBefore },
  { name: "a plan of another head", leaves: () => planOf({ headSha: anotherHead }), says: asBefore },
  { name: "a plan of the base as its head", leaves: ({ baseSha }) => planOf({ headSha: baseSha }), says: asBefore },
  { name: "a plan of a push", leaves: () => planOf({ event: "push" }), says: asBefore },
  { name: "a plan by hand", leaves: () => planOf({ event: "manual" }), says: asBefore },
  {
    name: "a plan that compares with a commit of the pull request",
    leaves: ({ headSha }) => planOf({ base: headSha }),
    says: asBefore,
  },
  { name: "no plan", leaves: () => ({ artifacts: {} }), says: asBefore },
  {
    name: "evidence of another pull request",
    leaves: (pull, id) => sourceOf(pull, id, { pullRequest: pull.number - 1 }),
    says: /says that it is of/,
  },
  {
    name: "evidence of no pull request",
    leaves: (pull, id) => sourceOf(pull, id, { pullRequest: undefined }),
    says: /says that it is of/,
  },
  {
    name: "evidence of another head",
    leaves: (pull, id) => sourceOf(pull, id, { headSha: anotherHead }),
    says: /says that it is of/,
  },
  {
    name: "evidence of another repository",
    leaves: (pull, id) => sourceOf(pull, id, { repository: "stranger/dispatches" }),
    says: /it was made in stranger/,
  },
  {
    name: "evidence of the run before",
    leaves: (pull, id) => sourceOf(pull, id, { run: { id: id - 1, attempt: 1, event: "pull_request", workflow: "x" } }),
    says: /says that run \d+ made it/,
  },
];

/** Has the app start trainings for pull requests whose gate failed, which come back with what would pass, of something else. */
export function playDispatches(tally: Tally, stage: Stage): void {
  tally.declare(claims.length + 3);
  describe("a run that the app started", () => {
    const scene = stage.scene("dispatches");

    it.each(claims)("with $name does not pass, and is told why", async ({ leaves, says }) => {
      const { pull, runId } = await started(scene());
      await scene().world.finishDispatched(pull, runId, { event: "workflow_dispatch", ...leaves(pull, runId) });
      expect(await scene().look(pull)).toMatch(says);
      tally.played("dispatched runs");
    });

    it("that claims to be of another pull request does nothing for that one", async () => {
      const other = await failed(scene());
      const before = await scene().look(other);
      const { pull, runId } = await started(scene());
      await scene().world.finishDispatched({ ...other, baseSha: pull.baseSha }, runId, { event: "workflow_dispatch" });
      expect(await scene().look(other)).toBe(before);
      await scene().look(pull);
      tally.played("dispatched runs");
    });

    it("for a head that was overtaken does not pass, whichever head it claims", async () => {
      const { pull, runId } = await started(scene());
      const head = await pushTo(scene(), pull);
      await scene().world.finishDispatched(head, runId, { event: "workflow_dispatch" });
      expect(await scene().look(head)).toMatch(/Waiting for the workflow run|follows when the workflow has run/);
      tally.played("dispatched runs");
    });

    it("is asked for again by nobody who may not", async () => {
      const pull = await failed(scene());
      const { github } = scene().world;
      const before = github.dispatches().length;
      for (const login of ["reader", "stranger"]) await click(scene(), pull, "retrain", login);
      await scene().look(pull);
      tally.expectNone("passed", github.dispatches().slice(before));
      tally.played("dispatched runs");
    });
  });
}

/** A pull request whose gate failed. */
async function failed(scene: Scene): Promise<Opened> {
  const pull = await scene.open();
  await scene.world.run(pull, { evaluation: worse });
  await scene.look(pull, { once: true });
  return pull;
}

/** @returns the run that the app started for it */
async function start(scene: Scene, pull: Opened): Promise<number> {
  await click(scene, pull, "retrain", "contributor");
  await scene.world.reconcile(scene.world.subject(pull.number));
  const run = scene.world.github.dispatches().find(({ inputs }) => inputs["pull-request"] === String(pull.number));
  if (!run) throw new Error(`No training was started for #${pull.number}.`);
  return run.runId;
}

async function started(scene: Scene): Promise<{ pull: Opened; runId: number }> {
  const pull = await failed(scene);
  return { pull, runId: await start(scene, pull) };
}

import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { gpuHoursOf, jobsOfPullRequest, wantsGpus, withholdOverBudget } from "../../src/flows/gpu-budget.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import type { Job } from "../../src/github/runs.ts";
import { titleOfDispatch } from "../../src/plan/dispatch.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { createPlannedModel } from "../report/create-report.ts";
import { createSpec, strict } from "./create-judgement.ts";

const gpu = ", gpus: 2, runner: [self-hosted, gpu]";
const spec = (models: readonly string[], train = gpu) =>
  createSpec(Object.fromEntries(models.map((name) => [name, strict])), "", { train });
const together = (one: Spec, other: Spec): Spec => ({ ...one, models: new Map([...one.models, ...other.models]) });
const law = spec(["fraud"]);
const now = new Date("2026-11-02T12:00:00Z");

function createJob(name: string, hours: number, overrides: Partial<Job> = {}): Job {
  const startedAt = "2026-11-01T10:00:00Z";
  const completedAt = new Date(Date.parse(startedAt) + hours * 3_600_000).toISOString();
  const labels = ["self-hosted", "GPU"];
  return {
    id: 1,
    attempt: 1,
    name,
    status: "completed",
    conclusion: "success",
    url: "",
    labels,
    startedAt,
    completedAt,
    ...overrides,
  };
}

const spent = (jobs: readonly Job[], head = law) => gpuHoursOf(jobs, { law, head }, now);

describe("the GPU-hours that a pull request has used", () => {
  it("are the time of its models' jobs, times the GPUs that are declared", () => {
    const jobs = [
      createJob("Models / Train fraud", 1.5),
      createJob("Train fraud (2)", 1),
      createJob("Evaluate fraud", 0.25),
      createJob("Models / Plan", 5),
      createJob("Lint", 5),
    ];
    expect(spent(jobs)).toBeCloseTo(5.5, 9);
  });

  it("count a job that still runs up to now, one that failed, and none that never had a runner", () => {
    const running = createJob("Train fraud", 0, { startedAt: "2026-11-02T11:00:00Z", completedAt: undefined });
    expect(spent([running, createJob("Train fraud", 1, { conclusion: "failure" })])).toBeCloseTo(4, 9);
    expect(spent([createJob("Train fraud", 9, { startedAt: undefined })])).toBe(0);
  });

  it("are not made fewer by what the pull request declares, names or removes", () => {
    const jobs = [createJob("Train fraud", 1)];
    expect(spent(jobs, spec(["fraud"], ""))).toBeCloseTo(2, 9);
    expect(spent(jobs, spec(["fraud"], ", gpus: 4"))).toBeCloseTo(4, 9);
    expect(spent([createJob("Train renamed", 1)], spec(["renamed"], ""))).toBeCloseTo(2, 9);
    expect(spent([createJob("Train gone", 1)])).toBeCloseTo(2, 9);
    expect(spent([createJob("Train small", 1, { labels: ["ubuntu-latest"] })], spec(["small"], ""))).toBe(0);
  });

  it("are not made fewer by another runner or a label less, as far as the law knows the labels", () => {
    const both = together(spec(["fraud"], ", gpus: 2, runner: [self-hosted, gpu, a100]"), spec(["small"], ""));
    const on = (name: string, labels: readonly string[]) =>
      gpuHoursOf([createJob(name, 1, { labels })], { law: both, head: undefined }, now);
    // A model of another name that asks for less.
    expect(on("Train renamed", ["self-hosted", "a100"])).toBeCloseTo(2, 9);
    expect(on("Train renamed", ["Self-Hosted", "linux"])).toBeCloseTo(2, 9);
    expect(on("Train renamed", ["linux"])).toBeCloseTo(2, 9);
    expect(on("Train renamed", ["self-hosted", "cpu"])).toBe(0);
    // One that the law has without GPUs, elsewhere.
    expect(on("Train small", ["self-hosted", "gpu", "a100"])).toBeCloseTo(2, 9);
    expect(on("Train small", ["ubuntu-latest"])).toBe(0);
    expect(on("Train fraud", ["ubuntu-latest"])).toBeCloseTo(2, 9);
  });

  it("are a model's own where it runs as the law has it, whatever another declares for the same runner", () => {
    const both = together(spec(["small"], ", gpus: 1, runner: [self-hosted, gpu]"), spec(["large"], ", gpus: 8, runner: [gpu]"));
    expect(gpuHoursOf([createJob("Train small", 1)], { law: both, head: both }, now)).toBeCloseTo(1, 9);
    expect(gpuHoursOf([createJob("Train other", 1)], { law: both, head: both }, now)).toBeCloseTo(8, 9);
  });

  it("cannot be counted where the runner does not name the workflow, which is said before GitHub is asked", async () => {
    const { runs } = await createOctokitGitHub({ owner: "acme", name: "models", token: "none", apiUrl: "http://127.0.0.1:9" });
    const pull = { number: 1, workflow: "", headRef: "more", headRepositoryId: 1, createdAt: undefined };
    await expect(jobsOfPullRequest(runs, pull)).rejects.toThrow(/cannot be counted: GITHUB_WORKFLOW_REF.*is not set/);
  });

  it("of several runs are those of each together", () => {
    const hours = fc.array(fc.integer({ min: 0, max: 50 }));
    fc.assert(
      fc.property(hours, hours, (some, others) => {
        const jobs = (of: readonly number[]) => of.map((each) => createJob("Train fraud", each));
        expect(spent(jobs([...some, ...others]))).toBeCloseTo(spent(jobs(some)) + spent(jobs(others)), 6);
      }),
    );
  });
});

describe("a model that would use more than is left", () => {
  const planned = createPlannedModel("fraud");
  const reused = { ...planned, candidate: { ...planned.candidate, decision: "reuse" as const } };

  it("is not trained once the budget is used up, and is told what to do", () => {
    expect(withholdOverBudget(planned, { gpuHours: 8, spent: 7.9 })).toBe(planned);
    expect(withholdOverBudget(planned, { gpuHours: 8, spent: 8 }).withheld).toMatch(
      /^This pull request has used 8 of its 8 GPU-hours .*base branch.*still evaluated.*an owner raise the budget/,
    );
    expect(withholdOverBudget(planned, { gpuHours: 0, spent: 0 }).withheld).toBeDefined();
  });

  it("is one that trains on GPUs: what is reused, waits, or trains without goes on as it is", () => {
    const declared = { law, head: law };
    expect(wantsGpus(planned, declared)).toBe(true);
    expect(wantsGpus(reused, declared)).toBe(false);
    expect(wantsGpus({ ...planned, waitsFor: "ready" }, declared)).toBe(false);
    const without = spec(["fraud"], "");
    expect(wantsGpus(planned, { law: without, head: without })).toBe(false);
    expect(wantsGpus({ ...planned, model: "renamed" }, { law, head: without })).toBe(true);
    expect(wantsGpus({ ...planned, model: "renamed", runner: ["gpu"] }, { law, head: without })).toBe(true);
  });
});

describe("the jobs of a pull request", () => {
  let server: CheckedGitHub | undefined;
  afterEach(() => server?.close());

  it("are those of its branch's runs since it was opened, of no fork's branch of that name and of no other workflow", async () => {
    server = await startCheckedGitHub();
    const { id, gitFolder } = await server.createRepository({ owner: "acme", name: "models" });
    const { push } = await import("../../src/demo/team.ts").then(({ createClone }) => {
      const clone = createClone(`${import.meta.dirname}/../fixtures/threshold`, `${gitFolder}-clone`, gitFolder);
      clone.push("main", "first");
      return clone;
    });
    const headSha = push("topic", "change");
    const run = { repository: "acme/models", event: "pull_request", headSha, headBranch: "topic" };
    const start = async (overrides: object, job: string) => {
      const { runId } = await (server as CheckedGitHub).createRun({
        ...run,
        workflowPath: ".github/workflows/models.yml",
        ...overrides,
      });
      await (server as CheckedGitHub).createJob(runId, { name: job, labels: ["gpu"], minutesAgo: 90 });
    };
    await start({}, "Train fraud");
    await start({}, "Train churn");
    await start({ headBranch: "other" }, "Train other");
    await start({ event: "push" }, "Train push");
    const dispatched = { event: "workflow_dispatch", headBranch: "main" };
    await start({ ...dispatched, title: titleOfDispatch({ pullRequest: 7, request: "comment:1" }) }, "Train again");
    await start({ ...dispatched, title: titleOfDispatch({ pullRequest: 70, request: "comment:2" }) }, "Train elsewhere");
    await start({ workflowPath: ".github/workflows/lint.yml" }, "Lint");

    const token = server.tokenFor({ repository: "acme/models", permissions: { actions: "read" }, kind: "workflow" });
    const { runs } = await createOctokitGitHub({ owner: "acme", name: "models", token, apiUrl: server.url });
    const own = {
      number: 7,
      workflow: ".github/workflows/models.yml",
      headRef: "topic",
      headRepositoryId: id,
      createdAt: undefined,
    };
    const jobs = await jobsOfPullRequest(runs, own);
    expect(jobs.map(({ name }) => name).sort()).toEqual(["Train again", "Train churn", "Train fraud"]);
    expect(jobs[0]).toMatchObject({ labels: ["gpu"], completedAt: undefined, startedAt: expect.any(String) });
    const named = async (of: typeof own) => (await jobsOfPullRequest(runs, of)).map(({ name }) => name);
    expect(await named({ ...own, headRepositoryId: id + 1 })).toEqual(["Train again"]);
    expect(await jobsOfPullRequest(runs, { ...own, number: 8, createdAt: "2999-01-01T00:00:00Z" })).toEqual([]);
    expect(await jobsOfPullRequest(runs, { ...own, workflow: ".github/workflows/none.yml" })).toEqual([]);
  });
});

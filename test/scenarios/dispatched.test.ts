import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunnerPullRequest } from "../../src/demo/runner.ts";
import { runWorkflow } from "../../src/demo/workflow.ts";
import { parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { planFileName } from "../../src/flows/job-files.ts";
import { type DispatchRequest, inputsOfDispatch } from "../../src/plan/dispatch.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { createTeam, setParam, type Team } from "./team.ts";

const byApp = { "assay.yml": (text: string) => text.replace("version: 1", "version: 1\nwriter: app") };
const onGpu = (text: string) => text.replace("timeout: 5m", "timeout: 5m\n      runner: [self-hosted, gpu]");
const trained = "training with threshold";

describe("a training that the app asks for", () => {
  let team: Team;
  let pullRequest: RunnerPullRequest;
  let requests = 0;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", byApp);
    pullRequest = await team.open("Raise the threshold", setParam("threshold", 50));
    const first = await team.run(pullRequest);
    expect(first.train.get("threshold")?.log).toContain(trained);
  });
  afterAll(() => team.close());

  /** The workflow, as the base branch has it, on the pull request's test merge. */
  function dispatch(
    of: RunnerPullRequest,
    asked: Partial<DispatchRequest> = {},
    overrides: { sha?: string; checkout?: string } = {},
  ) {
    const request = `comment:${++requests}`;
    const inputs = inputsOfDispatch({ pullRequest: of.number, headSha: of.headSha, request, ...asked });
    const at = { branch: "main", sha: of.baseSha, checkout: of.mergeSha, ...overrides };
    return runWorkflow(team.runner, { name: "workflow_dispatch", inputs, ...at });
  }

  function kept(runId: number, name: RegExp): string {
    const file = team.github.artifacts(runId).find((artifact) => name.test(artifact.name))?.file;
    return file === undefined ? "" : readFileSync(file, "utf8");
  }

  it("trains the pull request again, and leaves plan and evidence of its head for the app", async () => {
    const { runId, plan, train, report } = await dispatch(pullRequest, { again: true, model: "threshold" });
    expect(plan.log).toMatch(/train +threshold[\s\S]*asked to be trained again/);
    expect(train.get("threshold")?.log).toContain(trained);
    const { number, headSha, baseSha, mergeSha } = pullRequest;
    const planned = parsePlan(kept(runId, new RegExp(`^${planFileName}$`)), "kept plan");
    expect(planned).toMatchObject({ event: "pull_request", pullRequest: number, headSha, base: baseSha, commit: mergeSha });
    const { source } = parseEvidence(kept(runId, /^assay-evidence-/), "kept evidence");
    expect(source).toMatchObject({ headSha, pullRequest: number, run: { id: runId, event: "workflow_dispatch" } });
    expect(report.exitCode, report.log).toBe(0);
    expect(report.summary).toContain("Accuracy");
    const { comments, checks } = team.written(pullRequest);
    expect([...comments, ...checks]).toEqual([]);
  });

  it("reuses what there is where nobody asked for it again, and where it comes from", async () => {
    const { plan, train } = await dispatch(pullRequest);
    expect(plan.log).toMatch(new RegExp(`reuse +threshold +#${pullRequest.number} \\(run \\d+\\) had the same inputs`));
    expect(train.get("threshold")?.log).not.toContain(trained);
  });

  it("trains with as many seeds as were asked for", async () => {
    const { runId, plan, train, report } = await dispatch(pullRequest, { seeds: 3 });
    expect(plan.log).toMatch(/train +threshold[\s\S]*seeds changed/);
    expect(train.get("threshold")?.log).toContain("seed 3 (3 of 3)");
    expect(parseEvidence(kept(runId, /^assay-evidence-/), "kept evidence").trainings.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(report.exitCode, report.log).toBe(0);
  });

  it("stops when the pull request has moved on", async () => {
    const asked = dispatch({ ...pullRequest, headSha: "f".repeat(40) });
    await expect(asked).rejects.toThrow(/is checked out, which is neither fffffff nor its merge .* the pull request moved on/);
  });

  it("is for a model that there is, on the base branch of the pull request, in a run that is named for it", async () => {
    await expect(dispatch(pullRequest, { model: "churn" })).rejects.toThrow(/no model churn to train. It has threshold/);
    const topic = inputsOfDispatch({ pullRequest: pullRequest.number, headSha: pullRequest.headSha, request: "comment:99" });
    const at = { sha: pullRequest.baseSha, checkout: pullRequest.mergeSha };
    const onTopic = runWorkflow(team.runner, { name: "workflow_dispatch", branch: "topic", inputs: topic, ...at });
    await expect(onTopic).rejects.toThrow(/was started on refs\/heads\/topic, and #\d+ is to be merged into refs\/heads\/main/);
    const { runId } = await team.github.createRun({
      ...{ repository: team.repository, event: "workflow_dispatch", workflowPath: ".github/workflows/models.yml" },
      ...{ headSha: at.sha, headBranch: "main", title: "Models" },
    });
    const unnamed = runWorkflow(team.runner, { name: "workflow_dispatch", branch: "main", inputs: topic, runId, ...at });
    await expect(unnamed).rejects.toThrow(/This run is called "Models", and "Assay #\d+: comment:99" was expected/);
  });
});

describe("a fork's commit that an owner allowed", () => {
  let team: Team;
  let requests = 0;
  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model", { "assay.yml": (text) => onGpu(byApp["assay.yml"](text)) });
  });
  afterAll(() => team.close());

  function dispatch({ number, headSha, baseSha, mergeSha }: RunnerPullRequest) {
    const inputs = inputsOfDispatch({ pullRequest: number, headSha, request: `comment:${++requests}` });
    return runWorkflow(team.runner, { name: "workflow_dispatch", inputs, branch: "main", sha: baseSha, checkout: mergeSha });
  }

  it("is trained on the machines of the base branch's assay.yml, and serves no other pull request", async () => {
    const pullRequest = await team.openFromFork("From a fork", setParam("threshold", 47));
    const { plan, train, report } = await dispatch(pullRequest);
    expect(JSON.parse(plan.outputs["matrix"] ?? "")).toMatchObject([{ runner: ["self-hosted", "gpu"] }]);
    expect(train.get("threshold")?.log).toContain(trained);
    expect(report.exitCode, report.log).toBe(0);

    const same = await team.openAndRun("The same inputs", setParam("threshold", 47));
    expect(same.plan.log).toMatch(/train +threshold[\s\S]*its trust is fork, and pull-request is needed/);
  });

  it("is trained on no others", async () => {
    const moved = await team.openFromFork("To other machines", {
      ...setParam("threshold", 48),
      "assay.yml": (text) => text.replace("[self-hosted, gpu]", "[self-hosted, vault]"),
    });
    const { plan } = await dispatch(moved);
    expect(JSON.parse(plan.outputs["matrix"] ?? "")).toEqual([]);
    expect(plan.log).toContain("an owner allowed the commit and no other machines");
  });
});

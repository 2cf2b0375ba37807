import { afterAll, beforeAll, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";

let server: EmbeddedTestGitHub;
let github: GitHub;
const workflowPath = ".github/workflows/models.yml";

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: server.apiUrl });
});
afterAll(() => server?.close());

function createRun(request: { event?: string; headSha?: string; title?: string; pullRequest?: number } = {}) {
  const head = { headSha: server.headSha, headBranch: "change" };
  return server.embedded.createRun({ repository: "acme/models", workflowPath, event: "pull_request", ...head, ...request });
}

it("finds the runs on a commit, newest first, whatever their workflow and event", async () => {
  const first = await createRun();
  const second = await createRun({ event: "push" });
  await createRun({ headSha: server.mainSha });
  expect((await github.runs.ofCommit(server.headSha)).map(({ id }) => id)).toEqual([second.runId, first.runId]);
  expect(await github.runs.ofCommit("0".repeat(40))).toEqual([]);
});

it("knows how far a run is, what it is called and which reusable workflows it used", async () => {
  const sha = "1".repeat(40);
  const path = "acme/ci/.github/workflows/models.yml@v1";
  const { runId } = await server.embedded.createRun({
    ...{ repository: "acme/models", workflowPath, event: "pull_request", headSha: server.headSha, headBranch: "change" },
    ...{ title: "Models of #7", referencedWorkflows: [{ path, sha, ref: "refs/tags/v1" }] },
  });
  const now = () => github.runs.get(runId);
  expect(await now()).toMatchObject({ status: "queued", conclusion: undefined, title: "Models of #7", headOwner: "acme" });
  expect((await now())?.referencedWorkflows).toEqual([{ path, sha }]);
  await server.embedded.createJob(runId, { name: "plan" });
  expect(await now()).toMatchObject({ status: "in_progress", conclusion: undefined });
  await server.embedded.finishJob(runId, "plan", "failure");
  // Another job may follow.
  expect(await now()).toMatchObject({ status: "in_progress", conclusion: undefined });
  await server.embedded.finishRun(runId);
  expect(await now()).toMatchObject({ status: "completed", conclusion: "failure" });
});

it("is called by its pull request or its commit when the workflow gives it no name", async () => {
  const titleOf = async ({ runId }: { runId: number }) => (await github.runs.get(runId))?.title;
  expect(await titleOf(await createRun({ pullRequest: server.pullRequest }))).toBe("Change the data");
  expect(await titleOf(await createRun({ headSha: server.mainSha }))).toBe("Begin");
});

it("may end before it has a job", async () => {
  const { runId } = await createRun();
  await server.embedded.finishRun(runId, "startup_failure");
  expect(await github.runs.get(runId)).toMatchObject({ status: "completed", conclusion: "startup_failure" });
});

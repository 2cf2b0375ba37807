import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Step } from "./artifact-client.ts";
import { createScene, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
let folder: string;
let training: number;
let reporting: number;
beforeAll(async () => {
  scene = await createScene();
  folder = await mkdtemp(join(tmpdir(), "assay-test-artifacts-"));
  await mkdir(join(folder, "out/deep"), { recursive: true });
  await writeFile(join(folder, "out/evidence.json"), "{}");
  await writeFile(join(folder, "out/deep/weights.bin"), randomBytes(9 * 1024 * 1024));
  await writeFile(join(folder, "out/page.html"), "<!doctype html><title>Report</title>");
  const run = { repository, workflowPath: ".github/workflows/models.yml", headSha: scene.featureSha, headBranch: "feature" };
  training = (await scene.github.createRun({ ...run, event: "pull_request" })).runId;
  reporting = (await scene.github.createRun({ ...run, event: "workflow_dispatch" })).runId;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await scene.close();
});

/** Runs the steps with the real client in a child process whose environment is that of a job. */
async function inJob(runId: number, steps: readonly Step[]): Promise<Outcome[]> {
  const { github } = scene;
  const files = { STEPS: join(folder, "steps.json"), RESULT: join(folder, "result.json") };
  await writeFile(files.STEPS, JSON.stringify(steps));
  const env = {
    PATH: process.env.PATH,
    ...files,
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_API_URL: github.url,
    GITHUB_WORKSPACE: folder,
    ACTIONS_RESULTS_URL: github.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: github.runtimeToken(runId, "train"),
  };
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, "artifact-client.ts")], { env });
  return JSON.parse(await readFile(files.RESULT, "utf8"));
}

interface Outcome {
  id?: number;
  size?: number;
  digest?: string;
  digestMismatch?: boolean;
  artifact?: { id: number };
  artifacts?: { id: number; name: string; digest: string }[];
  error?: string;
}

it("takes, lists and gives back what the official client uploads, to its own run and by REST to another", async () => {
  const files = ["out/evidence.json", "out/deep/weights.bin"].map((file) => join(folder, file));
  const root = join(folder, "out");
  const upload: Step = { do: "upload", name: "evidence", files, root };
  const page: Step = { do: "upload", name: "page", files: [join(folder, "out/page.html")], root, skipArchive: true };
  const [uploaded, single, again, listed, got] = await inJob(training, [
    upload,
    page,
    upload,
    { do: "list" },
    { do: "get", name: "evidence" },
  ]);
  const id = uploaded?.id ?? 0;
  expect(listed?.artifacts).toMatchObject([
    { name: "evidence", id, digest: `sha256:${uploaded?.digest}` },
    { name: "page.html", id: single?.id },
  ]);
  expect(got?.artifact?.id).toBe(id);
  expect(again?.error).toContain("already exists");

  const own = join(folder, "own");
  const [downloaded, raw] = await inJob(training, [
    { do: "download", id, path: own, expectedHash: `sha256:${uploaded?.digest}` },
    { do: "download", id: single?.id ?? 0, path: own },
  ]);
  expect([downloaded?.digestMismatch, raw?.error]).toEqual([false, undefined]);
  const weights = await readFile(join(own, "deep/weights.bin"));
  expect(weights.equals(await readFile(join(folder, "out/deep/weights.bin")))).toBe(true);
  expect(await readFile(join(own, "page.html"), "utf8")).toContain("<title>Report</title>");

  const token = scene.github.tokenFor({ repository, kind: "workflow", permissions: { actions: "read" } });
  const findBy = { token, workflowRunId: training, repositoryOwner: "octo", repositoryName: "demo" };
  const other = join(folder, "other");
  const [unseen, hidden, found, fetched] = await inJob(reporting, [
    { do: "list" },
    { do: "download", id, path: other },
    { do: "get", name: "evidence", findBy },
    { do: "download", id, path: other, findBy },
  ]);
  expect([unseen?.artifacts, found?.artifact?.id, fetched?.error]).toEqual([[], id, undefined]);
  expect(hidden?.error).toContain("No artifacts found");
  expect(await readFile(join(other, "evidence.json"), "utf8")).toBe("{}");
});

it("lists artifacts by REST with their run, newest first, and finds them by name", async () => {
  const { octokit, github } = scene;
  await inJob(reporting, [{ do: "upload", name: "evidence", files: [join(folder, "out/evidence.json")], root: folder }]);
  const listed = (await octokit.rest.actions.listArtifactsForRepo({ ...inDemo, name: "evidence" })).data;
  expect(listed.artifacts.map(({ workflow_run }) => workflow_run?.id)).toEqual([reporting, training]);
  const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({ ...inDemo, run_id: training });
  expect(data.artifacts.map(({ name }) => name)).toEqual(["page.html", "evidence"]);
  const [stored] = github.artifacts(training);
  expect((await octokit.rest.actions.getArtifact({ ...inDemo, artifact_id: stored?.id ?? 0 })).data).toMatchObject({
    digest: stored?.digest,
    size_in_bytes: stored?.bytes,
    workflow_run: { head_sha: scene.featureSha },
  });
});

it("redirects a download, answers 410 once the artifact has expired, and deletes", async () => {
  const { octokit, github } = scene;
  const artifact_id = github.artifacts(reporting)[0]?.id ?? 0;
  const download = () =>
    octokit.rest.actions.downloadArtifact({ ...inDemo, artifact_id, archive_format: "zip", request: { redirect: "manual" } });
  expect(await download()).toMatchObject({ status: 302, headers: { location: expect.stringContaining(github.url) } });
  await github.expireArtifact(artifact_id);
  expect((await octokit.rest.actions.getArtifact({ ...inDemo, artifact_id })).data.expired).toBe(true);
  expect(await refusal(download())).toMatchObject({ status: 410 });
  const [left] = github.artifacts(training);
  await octokit.rest.actions.deleteArtifact({ ...inDemo, artifact_id: left?.id ?? 0 });
  expect(await refusal(octokit.rest.actions.getArtifact({ ...inDemo, artifact_id: left?.id ?? 0 }))).toMatchObject({
    status: 404,
  });
  const [deleted, listed] = await inJob(training, [{ do: "delete", name: "page.html" }, { do: "list" }]);
  expect([deleted?.error, listed?.artifacts]).toEqual([undefined, []]);
});

it("opens a run's artifacts to its own runtime token only", async () => {
  const { github } = scene;
  const ask = async (authorization: string, run: string) => {
    const url = `${github.url}/twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts`;
    const body = JSON.stringify({ workflow_run_backend_id: run, workflow_job_run_backend_id: "job" });
    return (await fetch(url, { method: "POST", headers: { authorization }, body })).status;
  };
  const token = github.runtimeToken(training, "train");
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const [, run] = claims.scp.split(":");
  const forged = token.replace(/[^.]*$/, "AAAA");
  expect([
    await ask(`Bearer ${token}`, run),
    await ask(`Bearer ${token}`, "another"),
    await ask(`Bearer ${forged}`, run),
  ]).toEqual([200, 403, 401]);
});

it("tells of runs and jobs; a fork's run names no pull request", async () => {
  const { github, octokit } = scene;
  const opened = await github.createPullRequest({ repository, title: "Own", headRef: "feature", baseRef: "main", author: "dev" });
  await github.createRepository({ owner: "guest", name: "demo", forkOf: repository });
  const request = {
    repository,
    title: "Fork",
    headRef: "feature",
    baseRef: "main",
    author: "guest",
    headRepository: "guest/demo",
  };
  const forked = await github.createPullRequest(request);
  const start = async (pull: typeof opened) => {
    const workflow = { event: "pull_request", workflowPath: ".github/workflows/models.yml", headBranch: "feature" };
    return (await github.createRun({ repository, ...workflow, headSha: pull.headSha, pullRequest: pull.number })).runId;
  };
  const run = async (run_id: number) => (await octokit.rest.actions.getWorkflowRun({ ...inDemo, run_id })).data;
  const [own, fork] = [await start(opened), await start(forked)];
  expect((await run(own)).pull_requests?.map(({ number }) => number)).toEqual([opened.number]);
  expect(await run(fork)).toMatchObject({
    pull_requests: [],
    head_repository: { full_name: "guest/demo" },
    path: ".github/workflows/models.yml",
  });

  await github.createJob(own, { name: "plan" });
  await github.createJob(own, { name: "train" });
  await github.finishJob(own, "plan", "success");
  const { data } = await octokit.rest.actions.listJobsForWorkflowRun({ ...inDemo, run_id: own });
  expect(data.jobs.map(({ name, status, conclusion }) => [name, status, conclusion])).toEqual([
    ["plan", "completed", "success"],
    ["train", "in_progress", null],
  ]);
  expect(await run(own)).toMatchObject({ status: "in_progress", conclusion: null });
  await github.finishJob(own, "train", "failure");
  await github.finishRun(own);
  expect(await run(own)).toMatchObject({ status: "completed", conclusion: "failure" });
});

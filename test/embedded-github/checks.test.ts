import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, everything, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

const annotations = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: "README.md",
    start_line: at + 1,
    end_line: at + 1,
    annotation_level: "warning" as const,
    message: `finding ${at}`,
  }));

it("creates, completes and finds a check run; annotations add up", async () => {
  const { octokit, featureSha, github } = scene;
  const created = await octokit.rest.checks.create({
    ...inDemo,
    name: "assay / verdict",
    head_sha: featureSha,
    external_id: "key",
    status: "in_progress",
    output: { title: "Training", summary: "wait", annotations: annotations(50) },
  });
  expect(created.data).toMatchObject({ status: "in_progress", conclusion: null, app: { slug: "github-actions", id: 15368 } });
  const check_run_id = created.data.id;
  const output = { title: "Pass", summary: "done", text: "details", annotations: annotations(3) };
  await octokit.rest.checks.update({ ...inDemo, check_run_id, conclusion: "success", output });
  const { data } = await octokit.rest.checks.get({ ...inDemo, check_run_id });
  expect(data).toMatchObject({
    status: "completed",
    conclusion: "success",
    external_id: "key",
    output: { title: "Pass", text: "details", annotations_count: 53 },
  });
  const all = await octokit.paginate(octokit.rest.checks.listAnnotations, { ...inDemo, check_run_id, per_page: 100 });
  expect(all.map(({ message }) => message).slice(49, 52)).toEqual(["finding 49", "finding 0", "finding 1"]);
  expect(github.checks(featureSha).map(({ conclusion }) => conclusion)).toEqual(["success"]);
});

it("lists the latest of each name, or all", async () => {
  const { octokit, mainSha } = scene;
  const create = (name: string) => octokit.rest.checks.create({ ...inDemo, name, head_sha: mainSha, conclusion: "neutral" });
  await create("a");
  const second = await create("a");
  await create("b");
  const list = async (query: object) => (await octokit.rest.checks.listForRef({ ...inDemo, ref: "main", ...query })).data;
  expect((await list({ check_name: "a" })).check_runs.map(({ id }) => id)).toEqual([second.data.id]);
  expect((await list({ check_name: "a", filter: "all" })).total_count).toBe(2);
  expect((await list({})).check_runs.map(({ name }) => name)).toEqual(["b", "a"]);
});

it("shows a job as a check run of its commit", async () => {
  const { octokit, github, featureSha } = scene;
  const { runId } = await github.createRun({
    repository,
    event: "push",
    workflowPath: ".github/workflows/m.yml",
    headSha: featureSha,
    headBranch: "feature",
  });
  const { jobId } = await github.createJob(runId, { name: "train" });
  await github.finishJob(runId, "train", "failure");
  expect((await octokit.rest.checks.get({ ...inDemo, check_run_id: jobId })).data).toMatchObject({
    name: "train",
    conclusion: "failure",
  });
});

it("refuses too long texts, too many annotations, unknown commits, and people", async () => {
  const { octokit, featureSha } = scene;
  const create = (change: object, by = octokit) =>
    refusal(by.rest.checks.create({ ...inDemo, name: "x", head_sha: featureSha, ...change })).then(
      ({ status, message }) => `${status} ${message}`,
    );
  const output = { title: "t", summary: "s" };
  const long = "x".repeat(65_536);
  expect(await create({ output: { ...output, summary: long } })).toMatch(
    /422 .*Only 65535 characters are allowed; 65536 were supplied/s,
  );
  expect(await create({ output: { ...output, text: long } })).toMatch(/422 .*65535/s);
  expect(await create({ output: { ...output, annotations: annotations(51) } })).toMatch(
    /422 .*No more than 50 items are allowed; 51/s,
  );
  expect(await create({ head_sha: "3".repeat(40) })).toMatch(/422 No commit found for SHA/);
  expect(await create({ status: "completed" })).toMatch(/422 .*conclusion/s);
  expect(await create({}, scene.as(everything, "user"))).toMatch(/403 You must authenticate via a GitHub App/);
});

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import type { RunRef } from "../../src/plan/plan.ts";
import { createScene, repository, type Scene } from "../embedded-github/scene.ts";
import type { JobFilesStep } from "./job-files-steps.ts";

let scene: Scene;
let folder: string;
let training: number;
let reporting: number;
const [model, weights] = ["assay-run-fraud-1", randomBytes(100_000)];
const page = "assay-evidence-fraud-1.json";
/** What the training run kept, as a plan names it. */
const planned = (id = artifactId(model)): RunRef => ({
  ...{ kind: "artifact", origin: "pull request 1", runId: training, artifactId: id, inputHash: digestOf("a") },
});
const gibibyte = 1_024 ** 3;

beforeAll(async () => {
  scene = await createScene();
  folder = await mkdtemp(join(tmpdir(), "assay-test-job-files-"));
  await mkdir(join(folder, "run"));
  await mkdir(join(folder, "temporary"));
  await writeFile(join(folder, "run", "weights.bin"), weights);
  await writeFile(join(folder, page), weights);
  const run = { repository, workflowPath: ".github/workflows/models.yml", headSha: scene.featureSha, headBranch: "feature" };
  training = (await scene.github.createRun({ ...run, event: "pull_request" })).runId;
  reporting = (await scene.github.createRun({ ...run, event: "workflow_dispatch" })).runId;
  await inJob(training, [
    { do: "keep", name: model, folder: join(folder, "run") },
    { do: "keepFile", file: join(folder, page) },
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await scene.close();
});

/** Runs the steps in a child process whose environment is that of a job. @param freeBytes of its disk */
async function inJob(runId: number, steps: readonly JobFilesStep[], freeBytes?: number): Promise<unknown[]> {
  const { github } = scene;
  const result = join(folder, "result.json");
  const env = {
    PATH: process.env["PATH"],
    STEPS: JSON.stringify({ steps, freeBytes, temporaryFolder: join(folder, "temporary"), result }),
    TOKEN: github.tokenFor({ repository, kind: "workflow", permissions: { actions: "read" } }),
    GITHUB_SERVER_URL: github.serverUrl,
    GITHUB_API_URL: github.url,
    GITHUB_WORKSPACE: folder,
    ACTIONS_RESULTS_URL: github.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: github.runtimeToken(runId, "train"),
  };
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, "job-files-steps.ts")], { env });
  return JSON.parse(await readFile(result, "utf8"));
}

const artifactId = (name: string) => scene.github.artifacts(training).find((artifact) => artifact.name === name)?.id ?? 0;

it("fetches what this run and another run kept, and says when it is not there", async () => {
  const to = (name: string) => join(folder, name);
  expect(
    await inJob(training, [
      { do: "fetch", name: model, folder: to("own") },
      { do: "fetch", name: "assay-run-other", folder: to("none") },
      { do: "fetchFile", name: page, folder: to("file"), maxBytes: weights.length },
    ]),
  ).toEqual([true, false, true]);
  expect(
    await inJob(reporting, [
      { do: "fetchFrom", run: planned(), folder: to("other") },
      { do: "fetchFrom", run: planned(999_999), folder: to("none") },
    ]),
  ).toEqual([true, false]);
  for (const path of ["own/weights.bin", "other/weights.bin", `file/${page}`])
    expect((await readFile(to(path))).equals(weights), path).toBe(true);
});

it("downloads nothing that the disk has no room for", async () => {
  const before = scene.github.requests.length;
  const full = gibibyte + 1_000;
  const answers = [
    ...(await inJob(
      training,
      [
        { do: "fetch", name: model, folder: join(folder, "large") },
        { do: "fetchFile", name: page, folder: join(folder, "large"), maxBytes: weights.length },
      ],
      full,
    )),
    ...(await inJob(
      reporting,
      [
        {
          do: "fetchFrom",
          run: planned(),
          folder: join(folder, "large"),
        },
      ],
      full,
    )),
  ];
  for (const answer of answers)
    expect(answer).toMatchObject({
      name: "MissingDataError",
      message: expect.stringMatching(
        /^assay-\S+ is not downloaded: it has \d+ bytes, and there is room for 1000 here\. Free disk/,
      ),
    });
  const asked = scene.github.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => !/ListArtifacts|\/artifacts(\?|$)/.test(path))).toEqual([]);
  expect(await readdir(join(folder, "temporary"))).toEqual([]);
});

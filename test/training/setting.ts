import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { createTrainer } from "../../src/training/create-trainer.ts";
import type { TrainingRequest } from "../../src/training/trainer.ts";

export const files = createNodeFiles();

/** An empty folder that is removed when the test is over. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "assay-training-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A user's folder with the given files, and what it takes to train in it. */
export async function createTraining(assayYml: string, content: Readonly<Record<string, string>> = {}) {
  const spec = parseSpec(assayYml, "assay.yml");
  const model = spec.models.values().next().value;
  if (!model) throw new Error("the spec has no model");
  const [workingDirectory, runFolder, checkpointFolder] = [
    await temporaryFolder(),
    await temporaryFolder(),
    await temporaryFolder(),
  ];
  for (const [path, text] of Object.entries(content)) await files.write(join(workingDirectory, path), text);

  let output = "";
  const lines: string[] = [];
  const trainer = createTrainer({
    model,
    processes: createNodeProcesses(),
    files,
    environment: { PATH: process.env.PATH, GITHUB_TOKEN: "secret-of-the-job", CUDA_VISIBLE_DEVICES: "0" },
  });
  const train = (overrides: Partial<TrainingRequest> = {}) =>
    trainer.train({
      ...{ model: model.name, workingDirectory, runFolder, checkpointFolder, seed: 3, env: {}, timeoutMinutes: 1 },
      tracked: async () => Object.keys(content).map((path) => ({ path, mode: "100644" })),
      checkpointed: async () => {},
      signal: new AbortController().signal,
      output: (chunk) => {
        output += chunk;
      },
      progress: (line) => lines.push(line),
      ...overrides,
    });
  return { model, workingDirectory, runFolder, checkpointFolder, train, output: () => output, lines };
}

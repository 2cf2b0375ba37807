import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf } from "../../../../src/evidence/digest.ts";
import { createNodeFiles } from "../../../../src/files/node-files.ts";
import { createNodeProcesses } from "../../../../src/processes/node-processes.ts";
import { parseSpec } from "../../../../src/spec/parse-spec.ts";
import { createEngine } from "../../../../src/training/create-engine.ts";
import { createTrainer } from "../../../../src/training/create-trainer.ts";
import type { EngineOrigin } from "../../../../src/training/engine.ts";
import type { TrainingRequest } from "../../../../src/training/trainer.ts";
import type { TrainerSetting } from "../../../../src/training/trainer-setting.ts";

const files = createNodeFiles();

export interface RayTraining {
  /** Holds the user's files, the storage and what is collected. */
  folder: string;
  /** Part of `assay.yml`: keys of `train` in one line each. */
  declared: readonly string[];
  origin?: Partial<EngineOrigin>;
  handOff?: boolean;
}

export async function createFolder(content: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "assay-ray-"));
  await files.makeFolder(join(folder, "storage"));
  for (const [path, text] of Object.entries(content)) await files.write(join(folder, "work", path), text);
  return folder;
}

/** What a training's job on GitHub has: the model, its files, and where the cluster is. */
export async function createRayTraining(
  { folder, declared, origin, handOff = false }: RayTraining,
  environment: Readonly<Record<string, string>>,
  setting: Pick<TrainerSetting, "obtainData"> = {},
) {
  const assayYml = `version: 1
models:
  fraud:
    task: binary
    train:
      engine: {ray: {storage: ${join(folder, "storage")}, cpus: 0.5, hand-off: ${handOff}}}
${declared.map((line) => `      ${line}`).join("\n")}
    evaluate: {data: test.csv, target: y, predict: {run: "./predict {model} {data} {out}"}, metrics: [accuracy]}
`;
  const model = parseSpec(assayYml, "assay.yml").models.get("fraud");
  if (!model) throw new Error("the spec has no model");
  const whose = {
    ...{ repository: "acme/models", scope: "pull/12", model: "fraud", inputHash: digestOf(folder) },
    ...origin,
  };
  const engine = await createEngine(model, { origin: whose, waits: false, environment, files });
  if (!engine) throw new Error("the model has no engine");
  const trainer = createTrainer({ model, processes: createNodeProcesses(), files, environment, ...setting }, engine);
  const workingDirectory = join(folder, "work");

  async function train(overrides: Partial<TrainingRequest> = {}) {
    const runFolder = await mkdtemp(join(folder, "run-"));
    return trainer.train({
      ...{ model: "fraud", workingDirectory, runFolder, checkpointFolder: join(runFolder, "unused"), seed: 3, env: {} },
      ...{ timeoutMinutes: 1, signal: new AbortController().signal, output() {}, progress() {} },
      tracked: async () =>
        (await files.list(workingDirectory)).map((path) => ({ path, mode: path.endsWith(".sh") ? "100755" : "100644" })),
      async checkpointed() {},
      ...overrides,
    });
  }
  return { train, engine, storage: join(folder, "storage") };
}

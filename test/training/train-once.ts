/** Trains a recipe with dropout and a held-out part, and prints the model's digest. Usage: train-once.ts BACKEND SEED */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { createTrainer } from "../../src/training/create-trainer.ts";
import { createCsv, recipeSpec } from "./table.ts";

const [backend = "wasm", seed = "1"] = process.argv.slice(2);
const files = createNodeFiles();
const folder = await mkdtemp(join(tmpdir(), "assay-train-once-"));
const more = ["layers: [{dense: 16}, {dropout: 0.3}, {dense: 8, activation: tanh}]", "epochs: 5", "validation: 0.2"];
await files.write(join(folder, "train.csv"), createCsv(120));
const model = parseSpec(recipeSpec({ backend, more }), "assay.yml").models.get("table");
if (!model) throw new Error("the spec has no model");
const training = await createTrainer({ model, processes: createNodeProcesses(), files, environment: process.env }).train({
  ...{ model: "table", workingDirectory: folder, runFolder: join(folder, "run"), checkpointFolder: join(folder, "checkpoints") },
  ...{
    seed: Number(seed),
    env: {},
    timeoutMinutes: 1,
    signal: new AbortController().signal,
    output() {},
    progress() {},
    tracked: async () => [],
    async checkpointed() {},
  },
});
await rm(folder, { recursive: true });
process.stdout.write(training.model?.digest ?? training.outcome);

import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { createTfjsScorer } from "../../src/scoring/scorers/tfjs.ts";
import { readTestSet } from "../../src/scoring/test-set.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { loadNativeTensorFlow } from "../../src/tensorflow/native-binding.ts";
import { createTrainer } from "../../src/training/create-trainer.ts";
import { skipWithout } from "../requirements.ts";

const root = join(import.meta.dirname, "../..");
/** Made by `.ci/tfjs-node.sh`; without it, what the repository itself has. */
const installed = process.env.ASSAY_TFJS_NODE ?? root;
const loaded = await loadNativeTensorFlow(installed);
const skip = skipWithout(
  "tfjs-node",
  "training on native TensorFlow",
  "why" in loaded ? `${loaded.why}. Run .ci/tfjs-node.sh and set ASSAY_TFJS_NODE.` : undefined,
);

describe.skipIf(skip)("the penguins example on native TensorFlow of the user's workspace", () => {
  const files = createNodeFiles();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "assay-tfjs-node-"));
    await cp(join(root, "examples/penguins"), join(folder, "work"), { recursive: true });
    await symlink(join(installed, "node_modules"), join(folder, "work/node_modules"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function train(run: string, backend: "auto" | "wasm") {
    const model = parseSpec((await files.readText(join(root, "examples/penguins/assay.yml"))) ?? "", "assay.yml").models.get(
      "species",
    );
    if (model?.train.trainer.kind !== "tfjs") throw new Error("the example is trained in another way now");
    const workingDirectory = join(folder, "work");
    const trainer = { ...model.train.trainer, backend };
    return createTrainer({
      model: { ...model, train: { ...model.train, trainer } },
      ...{ environment: process.env, processes: createNodeProcesses(), files },
    }).train({
      ...{
        model: "species",
        workingDirectory,
        runFolder: join(folder, run),
        checkpointFolder: join(folder, run, "checkpoints"),
        seed: 7,
      },
      ...{
        env: {},
        timeoutMinutes: 2,
        signal: new AbortController().signal,
        output() {},
        progress() {},
        tracked: async () => [],
        async checkpointed() {},
      },
    });
  }

  async function predictions(run: string) {
    const test = {
      path: join(root, "examples/penguins/data/penguins-test.csv"),
      name: "penguins-test.csv",
      id: "id",
      target: "species",
    };
    const { rows } = await readTestSet({ ...test, task: "multiclass", files });
    return createTfjsScorer({ files, modelFolder: join(folder, run, "model"), task: "multiclass" }).score(rows);
  }

  it("trains, the same to the bit each time, and close to wasm", async () => {
    const [first, second, wasm] = [await train("first", "auto"), await train("second", "auto"), await train("wasm", "wasm")];
    expect(first).toMatchObject({
      outcome: "completed",
      backend: { requested: "auto", used: expect.stringMatching(/^tensorflow/) },
    });
    expect(second.model?.digest).toBe(first.model?.digest);
    expect(wasm).toMatchObject({ outcome: "completed", backend: { used: "wasm" } });

    const [native, portable] = [await predictions("first"), await predictions("wasm")];
    const same = [...native.predictions].filter((label, row) => label === portable.predictions[row]).length;
    expect(same / native.predictions.length).toBeGreaterThan(0.95);
  });
});

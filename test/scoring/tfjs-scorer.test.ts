import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readTable } from "../../src/data/read-table.ts";
import { MissingDataError, UserCommandError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { joinPredictions } from "../../src/scoring/join.ts";
import type { DesignColumns } from "../../src/scoring/row-design.ts";
import { createTfjsScorer } from "../../src/scoring/scorers/tfjs.ts";
import { readTestSet } from "../../src/scoring/test-set.ts";
import type { Task } from "../../src/spec/spec.ts";
import { createFeatureEncoder } from "../../src/tensorflow/encode-features.ts";
import { loadTensorFlow } from "../../src/tensorflow/load.ts";
import { loadModelFiles, saveModelFiles } from "../../src/tensorflow/model-files.ts";
import { formatPreprocessing, type Preprocessing, preprocessingSchema } from "../../src/tensorflow/preprocessing.ts";
import type { LayersModel, TensorFlow } from "../../src/tensorflow/tensorflow.ts";
import { createTraining } from "../training/setting.ts";
import { createCsv, type DeclaredRecipe, recipeSpec } from "../training/table.ts";

const files = createNodeFiles();

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "assay-tfjs-scorer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function createTestSet(csv: string, task: Task, target: string, design: DesignColumns = {}) {
  const path = join(await temporaryFolder(), "test.csv");
  await files.write(path, csv);
  return readTestSet({ path, name: "test.csv", task, id: "id", target, files, ...design });
}

/** A model of one dense layer without bias, saved as a trainer saves it. */
async function saveModel(kernel: number[][], activation: "linear" | "softmax" | "sigmoid", preprocessing?: Preprocessing) {
  const folder = await temporaryFolder();
  const { tf } = await loadTensorFlow("cpu", { resolveFrom: folder });
  const units = kernel[0]?.length ?? 0;
  const layer = tf.layers.dense({ units, activation, useBias: false, inputShape: [kernel.length], name: "only" });
  const model = tf.sequential({ layers: [layer], name: "one" });
  model.setWeights([tf.tensor2d(kernel)]);
  await saveModelFiles(model, files, folder);
  if (preprocessing) await files.write(join(folder, "preprocessing.json"), formatPreprocessing(preprocessing));
  return folder;
}

describe("a trained recipe", () => {
  /** The outputs of the model as TensorFlow.js gives them, row by row. */
  async function predictDirectly(
    modelFolder: string,
    csv: string,
    output: (tf: TensorFlow, model: LayersModel, inputs: number[]) => Float32Array,
  ) {
    const text = (await files.readText(join(modelFolder, "preprocessing.json"))) ?? "";
    const path = join(await temporaryFolder(), "test.csv");
    await files.write(path, csv);
    const table = await readTable(path, { text: ["colour"] });
    const encoder = createFeatureEncoder(preprocessingSchema.parse(JSON.parse(text)), table, "test.csv");
    const { tf } = await loadTensorFlow("wasm", { resolveFrom: modelFolder });
    const model = await loadModelFiles(tf, files, modelFolder);
    return Array.from({ length: table.rows }, (_, row) => output(tf, model, [...encoder.encode([row])]));
  }
  const oneRow = (tf: TensorFlow, model: LayersModel, inputs: number[]) => {
    const predicted = model.predict(tf.tensor2d([inputs]));
    return Float32Array.from(Array.isArray(predicted) ? [] : predicted.dataSync());
  };
  async function train(declared: DeclaredRecipe) {
    const { train, runFolder } = await createTraining(recipeSpec(declared), { "train.csv": createCsv(180) });
    expect(await train()).toMatchObject({ outcome: "completed" });
    return join(runFolder, "model");
  }

  it("is scored with the trained model's probabilities, and is right about new rows", async () => {
    const modelFolder = await train({});
    const csv = createCsv(90, 2);
    const { rows, truth } = await createTestSet(csv, "multiclass", "kind");
    const raw = await createTfjsScorer({ files, modelFolder, task: "multiclass" }).score(rows);
    expect([...raw.scores.keys()]).toEqual(["ant", "bee", "cat"]);
    const expected = await predictDirectly(modelFolder, csv, oneRow);
    for (const [row, outputs] of expected.entries())
      expect([...raw.scores.values()].map((column) => column[row])).toEqual(
        [...outputs].map((value) => expect.closeTo(value, 6)),
      );

    const joined = joinPredictions(raw, { truth, task: "multiclass", positive: undefined, classes: undefined });
    const right =
      truth.kind === "classification" ? truth.labels.filter((label, row) => label === raw.predictions[row]).length : 0;
    expect(right / rows.table.rows).toBeGreaterThan(0.9);
    expect(joined.kind).toBe("classification");
  });

  it("gives numbers in the target's own units", async () => {
    const modelFolder = await train({ task: "regression", target: "price" });
    const { rows, truth } = await createTestSet(createCsv(90, 2), "regression", "price");
    const { predictions } = await createTfjsScorer({ files, modelFolder, task: "regression" }).score(rows);
    const errors =
      truth.kind === "regression" ? Array.from(truth.values, (value, row) => Math.abs(value - Number(predictions[row]))) : [];
    expect(errors.length).toBe(90);
    expect(errors.reduce((sum, error) => sum + error, 0) / 90).toBeLessThan(15);
  });
});

describe("categories that look like numbers", () => {
  it("are compared as they are written", async () => {
    const preprocessing: Preprocessing = {
      schema: "assay.preprocessing/v1",
      numeric: [],
      categorical: [{ name: "zip", categories: ["01", "1"], fill: null }],
      output: { kind: "number", mean: 10, deviation: 2 },
    };
    const modelFolder = await saveModel([[1], [2], [3]], "linear", preprocessing);
    const { rows } = await createTestSet("id,zip,y\na,01,0\nb,1,0\nc,1.0,0\n", "regression", "y");
    const { predictions } = await createTfjsScorer({ files, modelFolder, task: "regression" }).score(rows);
    expect([...predictions]).toEqual([12, 14, 16]);
  });
});

describe("a model without preprocessing", () => {
  const csv = "a,id,label,b\n1,x,no,0\n0,y,yes,1\n";

  it("reads every column but id and target in order, and its classes are sorted", async () => {
    const modelFolder = await saveModel(
      [
        [5, 0],
        [0, 5],
      ],
      "softmax",
    );
    const { rows } = await createTestSet(csv, "binary", "label");
    const raw = await createTfjsScorer({ files, modelFolder, task: "binary" }).score(rows);
    expect(raw.predictions).toEqual(["no", "yes"]);
    expect(raw.scores.get("yes")?.[1]).toBeCloseTo(1 / (1 + Math.exp(-5)), 6);
  });

  it("reads no column that says how rows count, but those that tell slices apart", async () => {
    const modelFolder = await saveModel([[5], [7]], "linear");
    const counted = "a,customer,id,y,times,b\n1,c,x,0,9,0\n0,d,y,0,9,1\n";
    const design = { group: "customer", weight: "times", slices: [{ column: "b", minRows: 1 }] };
    const { rows } = await createTestSet(counted, "regression", "y", design);
    const { predictions } = await createTfjsScorer({ files, modelFolder, task: "regression" }).score(rows);
    expect([...predictions]).toEqual([5, 7]);
  });

  it("has the declared classes in their order", async () => {
    const modelFolder = await saveModel(
      [
        [5, 0],
        [0, 5],
      ],
      "softmax",
    );
    const { rows } = await createTestSet(csv, "binary", "label");
    const raw = await createTfjsScorer({ files, modelFolder, task: "binary", classes: ["yes", "no"] }).score(rows);
    expect(raw.predictions).toEqual(["yes", "no"]);
  });

  it.each([
    [undefined, ["yes", "no"]],
    ["no", ["no", "yes"]],
  ])("with one output gives the probability of the positive class (%s)", async (positive, expected) => {
    const modelFolder = await saveModel([[5], [-5]], "sigmoid");
    const { rows } = await createTestSet(csv, "binary", "label");
    const raw = await createTfjsScorer({ files, modelFolder, task: "binary", positive }).score(rows);
    expect(raw.predictions).toEqual(expected);
    const [no, yes] = [raw.scores.get("no"), raw.scores.get("yes")];
    expect((no?.[0] ?? 0) + (yes?.[0] ?? 0)).toBeCloseTo(1, 12);
  });

  it("scores more rows than one batch", async () => {
    const lines = Array.from({ length: 9_000 }, (_, row) => `r${row},${row},${row * 2}`);
    const modelFolder = await saveModel([[2]], "linear");
    const { rows } = await createTestSet(`id,x,y\n${lines.join("\n")}\n`, "regression", "y");
    const { predictions } = await createTfjsScorer({ files, modelFolder, task: "regression" }).score(rows);
    expect(predictions.length).toBe(9_000);
    expect(predictions[8_999]).toBe(17_998);
  });
});

describe("a model that cannot be scored", () => {
  const csv = "a,id,label,b\n1,x,no,0\n0,y,yes,\n";

  it.each([
    [
      "another number of features",
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      "softmax",
      {},
      UserCommandError,
      /wants 3 numbers a row, but the table gives 2/,
    ],
    [
      "another number of classes",
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      "softmax",
      {},
      MissingDataError,
      /test\.csv: row 2 has no value in column "b"/,
    ],
    [
      "classes that do not fit",
      [[1, 2]],
      "softmax",
      { features: ["a"], classes: ["x", "y", "z"] },
      UserCommandError,
      /gives 2 numbers a row, but there are 3 classes/,
    ],
    ["a feature that is not there", [[1, 2]], "softmax", { features: ["weight"] }, MissingDataError, /no column "weight"/],
  ] as const)(
    "says so: %s",
    async (_, kernel, activation, {
      features,
      classes,
    }: { features?: readonly string[]; classes?: readonly string[] }, kind, message) => {
      const preprocessing: Preprocessing | undefined = features && {
        schema: "assay.preprocessing/v1",
        numeric: features.map((name) => ({ name, fill: null, mean: 0, deviation: 1 })),
        categorical: [],
        output: { kind: "classes", ...(classes ? { classes: [...classes] } : {}) },
      };
      const modelFolder = await saveModel(
        kernel.map((row) => [...row]),
        activation,
        preprocessing,
      );
      const { rows } = await createTestSet(csv, "binary", "label");
      const scored = createTfjsScorer({ files, modelFolder, task: "binary" }).score(rows);
      await expect(scored).rejects.toThrow(message);
      await expect(scored).rejects.toBeInstanceOf(kind);
    },
  );

  it.each([
    ["no model.json", {}, /has no model\.json/],
    ["another JSON", { "model.json": "[]" }, /not a TensorFlow\.js layers model/],
    ["no JSON", { "model.json": "{" }, /not a TensorFlow\.js layers model/],
    [
      "weights outside its folder",
      { "model.json": '{"modelTopology":{},"weightsManifest":[{"paths":["../x.bin"],"weights":[]}]}' },
      /not a TensorFlow\.js layers model/,
    ],
    [
      "missing weights",
      { "model.json": '{"modelTopology":{},"weightsManifest":[{"paths":["x.bin"],"weights":[]}]}' },
      /weights x\.bin are missing/,
    ],
    ["an unknown topology", { "model.json": '{"modelTopology":{},"weightsManifest":[]}' }, /cannot be loaded|can be loaded/],
    ["foreign preprocessing", { "preprocessing.json": "{}" }, /preprocessing\.json is not what Assay writes/],
  ])("says so: %s", async (_, content, message) => {
    const modelFolder = await temporaryFolder();
    for (const [name, text] of Object.entries(content)) await files.write(join(modelFolder, name), text);
    const { rows } = await createTestSet("a,id,label\n1,x,no\n0,y,yes\n", "binary", "label");
    const scored = createTfjsScorer({ files, modelFolder, task: "binary" }).score(rows);
    await expect(scored).rejects.toThrow(message);
    await expect(scored).rejects.toBeInstanceOf(UserCommandError);
  });
});

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { trainingSchema } from "../../src/evidence/evidence.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { preprocessingSchema } from "../../src/tensorflow/preprocessing.ts";
import { createTraining, files } from "./setting.ts";
import { createCsv, type DeclaredRecipe, recipeSpec } from "./table.ts";

const createRecipeTraining = (declared: DeclaredRecipe = {}, csv = createCsv(240)) =>
  createTraining(recipeSpec(declared), { "train.csv": csv });

async function readPreprocessing(runFolder: string) {
  return preprocessingSchema.parse(JSON.parse((await files.readText(join(runFolder, "model/preprocessing.json"))) ?? ""));
}

describe("training by a recipe", () => {
  it.each(["wasm", "cpu"])("learns the table on %s and says how", async (backend) => {
    const { train, runFolder } = await createRecipeTraining({ backend, more: ["validation: 0.25"] });
    const training = trainingSchema.parse(await train());
    expect(training).toMatchObject({
      ...{ trainer: "tfjs", seed: 3, outcome: "completed", backend: { requested: backend, used: backend, version: "4.22.0" } },
      model: { format: "tfjs", files: [{ path: "model.json" }, { path: "preprocessing.json" }, { path: "weights.bin" }] },
    });
    expect(training.backend?.why).toBeUndefined();
    const { loss = [], accuracy = [], val_loss = [], val_accuracy = [] } = training.history ?? {};
    expect([loss.length, accuracy.length, val_loss.length, val_accuracy.length]).toEqual([20, 20, 20, 20]);
    expect(val_accuracy.at(-1)).toBeGreaterThan(0.9);
    expect(loss.at(-1)).toBeLessThan(loss[0] ?? 0);
    expect(await files.list(runFolder)).toEqual(["model/model.json", "model/preprocessing.json", "model/weights.bin"]);
  });

  it("learns numbers", async () => {
    const { train, runFolder } = await createRecipeTraining({ task: "regression", target: "price", more: ["validation: 0.2"] });
    const training = await train();
    expect(training).toMatchObject({ outcome: "completed" });
    expect(Object.keys(training.history ?? {})).toEqual(["loss", "val_loss"]);
    // The target is standardised: 1 would be no better than its mean.
    expect(training.history?.val_loss?.at(-1)).toBeLessThan(0.1);
    expect((await readPreprocessing(runFolder)).output).toMatchObject({ kind: "number", mean: expect.closeTo(52.5, -1) });
  });

  it("gives the same weights to the bit in two processes, with dropout, and others with another seed", async () => {
    const digestOfRun = async (backend: string, seed: number) => {
      const script = join(import.meta.dirname, "train-once.ts");
      const { stdout, stderr } = await createNodeProcesses().capture(process.execPath, [script, backend, String(seed)]);
      expect(stderr).not.toMatch(/Error/);
      return stdout.toString();
    };
    for (const backend of ["wasm", "cpu"]) {
      const [first, second, other] = await Promise.all([
        digestOfRun(backend, 3),
        digestOfRun(backend, 3),
        digestOfRun(backend, 4),
      ]);
      expect(first).toMatch(/^sha256:/);
      expect(second).toBe(first);
      expect(other).not.toBe(first);
    }
  });

  it("leaves Math.random as it was", async () => {
    const original = Math.random;
    const { train } = await createRecipeTraining({ more: ["epochs: 1", "layers: [{dense: 4}, {dropout: 0.5}]"] });
    await train();
    expect(Math.random).toBe(original);
  });

  it("stops early with the best weights", async () => {
    // Six rows are learnt by heart, after which the held-out loss rises.
    const { train, lines } = await createRecipeTraining(
      {
        more: [
          "layers: [{dense: 64}]",
          "optimizer: {adam: 0.05}",
          "epochs: 500",
          "validation: 0.5",
          "early-stopping: {patience: 5}",
        ],
      },
      createCsv(12, 4).replaceAll("ant", "bee"),
    );
    const { outcome, history } = await train();
    const losses = (history?.val_loss ?? []).map((loss) => loss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(outcome).toBe("completed");
    expect(losses.length).toBe(best + 5);
    expect(lines.at(-1)).toMatch(
      new RegExp(`^The weights of epoch ${best} are kept: val_loss ${Math.min(...losses).toPrecision(4)}$`),
    );
  });

  it("reports progress in few lines", async () => {
    const { train, lines } = await createRecipeTraining({ more: ["epochs: 101", "batch-size: 240"] });
    await train();
    const epochs = lines.filter((line) => line.startsWith("Epoch "));
    expect(epochs.length).toBeLessThanOrEqual(20);
    expect(epochs[0]).toMatch(/^Epoch 1\/101: loss [\d.]+, accuracy [\d.]+$/);
    expect(epochs.at(-1)).toMatch(/^Epoch 101\/101: /);
  });
});

describe("what a recipe learns about columns", () => {
  const csv = "id,size,noise,colour,kind\na,1,5,red,x\nb,,5,red,y\nc,3,5,,x\nd,8,5,blue,y\ne,4,5,red,\n";
  const more = ["epochs: 1"];

  it("fills, standardises and lists categories", async () => {
    const { train, runFolder, lines } = await createRecipeTraining({ more }, csv);
    expect(await train()).toMatchObject({ outcome: "completed" });
    expect(lines).toContain("4 rows to train on, 0 held out, 1 left out for missing values");
    expect(await readPreprocessing(runFolder)).toEqual({
      schema: "assay.preprocessing/v1",
      numeric: [
        { name: "size", fill: 3, mean: 4, deviation: expect.closeTo(Math.sqrt(26 / 3), 12) },
        { name: "noise", fill: 5, mean: 5, deviation: 1 },
      ],
      categorical: [{ name: "colour", categories: ["blue", "red"], fill: "red" }],
      output: { kind: "classes", classes: ["x", "y"] },
    });
  });

  it("fills with the mean, or with a category of its own", async () => {
    const { train, runFolder } = await createRecipeTraining(
      { more: [...more, "missing: {numeric: mean, categorical: own-category}"] },
      csv,
    );
    await train();
    expect(await readPreprocessing(runFolder)).toMatchObject({
      numeric: [{ fill: 4 }, { fill: 5 }],
      categorical: [{ fill: null }],
    });
  });

  it("leaves rows out when told to", async () => {
    const { train, lines } = await createRecipeTraining(
      { more: [...more, "missing: {numeric: drop-row, categorical: drop-row}"] },
      csv,
    );
    await train();
    expect(lines).toContain("2 rows to train on, 0 held out, 3 left out for missing values");
  });
});

describe("training by a recipe that cannot be done", () => {
  it.each([
    [
      "a column that is not there",
      { more: ["features: {numeric: [weight]}"] },
      undefined,
      /train\.csv has no column "weight".*"size", "noise"/,
    ],
    [
      "text where numbers are declared",
      { more: ["features: {numeric: [colour]}"] },
      undefined,
      /train\.csv: column "colour" is declared as numeric, but row 1 holds text/,
    ],
    [
      "a number that is too large",
      {},
      "id,size,noise,colour,kind\na,1,2,red,x\nb,1e300,1,red,y\n",
      /train\.csv: column "size" holds in row 2 not a number that float32 can hold/,
    ],
    [
      "a target that is too large",
      { task: "regression", target: "price" },
      "id,size,noise,colour,price\na,1,2,red,1e39\nb,1,1,red,2\n",
      /train\.csv: column "price" holds in row 1 not a number that float32 can hold/,
    ],
    [
      "one label",
      {},
      "id,size,noise,colour,kind\na,1,2,red,x\nb,2,1,red,x\n",
      /train\.csv: the target "kind" has 1 label, "x"; a multiclass task needs at least two\./,
    ],
    [
      "one label of a binary task",
      { task: "binary" },
      "id,size,noise,colour,kind\na,1,2,red,x\nb,2,1,red,x\n",
      /train\.csv: the target "kind" has 1 label, "x"; a binary task needs exactly two\./,
    ],
    [
      "three labels of a binary task",
      { task: "binary" },
      undefined,
      /train\.csv: the target "kind" has 3 labels, "ant", "bee", "cat"; a binary task needs exactly two\./,
    ],
    [
      "so many labels that they are no labels",
      { task: "binary", target: "noise", more: ["features: {numeric: [size]}"] },
      undefined,
      /train\.csv: the target "noise" has \d\d+ labels; a binary task needs exactly two\./,
    ],
    [
      "no rows left",
      { more: ["missing: {numeric: drop-row}"] },
      "id,size,noise,colour,kind\na,,2,red,x\nb,,1,red,y\n",
      /none is left to train on/,
    ],
    ["an empty file", {}, "", /train\.csv is empty/],
  ] as [string, DeclaredRecipe, string | undefined, RegExp][])(
    "fails with %s, and says what to mend",
    async (_, declared, csv, message) => {
      const { train } = await createRecipeTraining(declared, csv);
      expect(trainingSchema.parse(await train())).toMatchObject({
        outcome: "failed",
        message: expect.stringMatching(message),
        backend: { used: "wasm" },
      });
    },
  );

  it("stops when the loss is no number any more", async () => {
    const { train, runFolder } = await createRecipeTraining({
      ...{ task: "regression", target: "price" },
      more: ["layers: [{dense: 8, activation: linear}, {dense: 8, activation: linear}]", "optimizer: {sgd: 100}"],
    });
    const training = trainingSchema.parse(await train());
    expect(training).toMatchObject({
      outcome: "invalid-output",
      message: expect.stringMatching(/^The loss became NaN in epoch \d+: lower the learning rate/),
    });
    expect(training.model).toBeUndefined();
    expect(training.history?.loss?.at(-1)).toBeNull();
    expect(await files.list(runFolder)).toEqual([]);
  });

  it("keeps its weights when it is cancelled", async () => {
    const controller = new AbortController();
    const { train, checkpointFolder } = await createRecipeTraining({ more: ["epochs: 10000"] });
    const training = await train({
      signal: controller.signal,
      // As the runner's signal comes: from the event loop, while training goes on.
      progress: (line) => void (line.startsWith("Epoch 1/") && setTimeout(() => controller.abort("SIGINT"), 10)),
    });
    expect(training).toMatchObject({ outcome: "cancelled", signal: "SIGINT" });
    expect(training.model).toBeUndefined();
    expect(await files.list(checkpointFolder)).toEqual([
      ...["model.json", "preprocessing.json", "weights.bin"].map((name) => `model/${name}`),
      "training.json",
    ]);
  });

  it("ends when its time is over", async () => {
    const { train } = await createRecipeTraining({ more: ["epochs: 10000"] });
    expect(await train({ timeoutMinutes: 0.3 / 60 })).toMatchObject({
      outcome: "timed-out",
      message: expect.stringMatching(/^Training ran past the limit/),
    });
  });
});

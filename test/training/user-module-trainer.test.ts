import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { trainingSchema } from "../../src/evidence/evidence.ts";
import { createTfjsScorer } from "../../src/scoring/scorers/tfjs.ts";
import { readTestSet } from "../../src/scoring/test-set.ts";
import { createTraining, files } from "./setting.ts";
import { createCsv } from "./table.ts";

const assayYml = (backend: string) => `version: 1
models:
  table:
    task: multiclass
    train:
      trainer: tfjs
      backend: ${backend}
      module: train.mjs
      inputs: {data: [train.csv]}
    evaluate: {data: test.csv, id: id, target: kind, metrics: [accuracy]}
`;

const createModuleTraining = (module: string, backend = "wasm") =>
  createTraining(assayYml(backend), {
    "train.mjs": module,
    "train.csv": createCsv(60),
    "secret.csv": createCsv(3),
    "other.mjs": "export const other = 1;\n",
    "broken.mjs": "const = 1;\n",
  });

/** The body of a module's `train`, in which \`layers\` make a model of the column \`size\`. */
const small = (body = "", result = "model") => `
export async function train({ tf, data, seed, outputFolder, checkpointFolder, log }) {
  const table = await data("train.csv", { text: ["kind"] });
  const kinds = [...new Set(table.column("kind"))].sort();
  const x = tf.tensor2d(Array.from(table.column("size"), (size) => [size || 0]));
  const y = tf.oneHot(tf.tensor1d(table.column("kind").map((kind) => kinds.indexOf(kind)), "int32"), 3).toFloat();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, activation: "softmax", inputShape: [1] })] });
  model.compile({ optimizer: tf.train.adam(0.1), loss: "categoricalCrossentropy" });
  await model.fit(x.sub(3).div(2), y, { epochs: 2, verbose: 0 });
  ${body}
  return ${result};
}`;

describe("training by a user's module", () => {
  it("keeps the model that it returns, the same to the bit", async () => {
    const digests = [];
    for (let run = 0; run < 2; run++) {
      const { train, runFolder, output } = await createModuleTraining(
        small("log(table.rows + ' rows, seed ' + seed);", '{ model, features: ["size"], classes: kinds }'),
      );
      const training = trainingSchema.parse(await train());
      expect(training).toMatchObject({
        ...{
          trainer: "tfjs",
          outcome: "completed",
          exitCode: 0,
          backend: { requested: "wasm", used: "wasm", version: "4.22.0" },
        },
        model: { format: "tfjs" },
      });
      expect(await files.list(runFolder)).toEqual(
        ["model.json", "preprocessing.json", "weights.bin"].map((name) => `model/${name}`),
      );
      expect(output()).toContain("60 rows, seed 3\n");
      digests.push(training.model?.digest);
    }
    expect(digests[0]).toBe(digests[1]);
  });

  it("trains the example of the documentation, which is right about new rows", async () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const document = read("docs/assay-yml.md");
    const [, spec = ""] = /```yaml\n((?:(?!```)[\s\S])*module: train\.mjs[\s\S]*?)```/.exec(document) ?? [];
    const [, module = ""] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
    expect(module.trim().split("\n")).toHaveLength(15);
    const { train, runFolder, workingDirectory, output } = await createTraining(spec, {
      "train.mjs": module,
      "data/penguins.csv": read("examples/penguins/data/penguins.csv"),
      "data/penguins-test.csv": read("examples/penguins/data/penguins-test.csv"),
    });
    expect(await train()).toMatchObject({ outcome: "completed" });
    expect(output()).toMatch(/\nloss 0\.\d+\n/);
    const path = join(workingDirectory, "data/penguins-test.csv");
    const test = await readTestSet({ path, name: "penguins-test.csv", task: "multiclass", id: "id", target: "species", files });
    const { predictions } = await createTfjsScorer({ files, modelFolder: join(runFolder, "model"), task: "multiclass" }).score(
      test.rows,
    );
    const { truth } = test;
    const right = truth.kind === "classification" ? truth.labels.filter((label, row) => label === predictions[row]).length : 0;
    expect(right / truth.ids.length).toBeGreaterThan(0.9);
  });

  it("does not let the module see the job's secrets", async () => {
    const { train, output } = await createModuleTraining(small("log(JSON.stringify(Object.keys(process.env)));"));
    await train({ env: { DECLARED: "1" } });
    expect(output()).toContain('"DECLARED"');
    expect(output()).not.toMatch(/GITHUB_|secret-of-the-job/);
  });

  it("goes to cpu where wasm lacks a gradient, and says so", async () => {
    const convolution = `
export async function train({ tf }) {
  const model = tf.sequential({ layers: [
    tf.layers.conv1d({ filters: 2, kernelSize: 2, inputShape: [4, 1] }), tf.layers.flatten(), tf.layers.dense({ units: 1 }) ] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  await model.fit(tf.ones([2, 4, 1]), tf.ones([2, 1]), { epochs: 1, verbose: 0 });
  return model;
}`;
    const { train, lines } = await createModuleTraining(convolution);
    expect(await train()).toMatchObject({
      outcome: "completed",
      backend: { requested: "wasm", used: "cpu", why: "the wasm backend lacks Conv2DBackpropFilter" },
    });
    expect(lines).toContain("Training starts again on cpu: the wasm backend lacks Conv2DBackpropFilter");
  });

  it.each([
    [
      "throws",
      small("throw new TypeError('words of the module')"),
      {
        outcome: "failed",
        exitCode: 1,
        message: "The training module failed at train.mjs:10 (TypeError); see its output in the log.",
      },
    ],
    [
      "throws later",
      small("setTimeout(() => { throw 'words of the module'; }); await new Promise(() => setInterval(() => {}, 1000));"),
      {
        outcome: "failed",
        exitCode: 1,
        message: "The training module failed at train.mjs (thrown string); see its output in the log.",
      },
    ],
    [
      "cannot be read",
      "export function train() {\n  const a = ;\n}\n",
      {
        outcome: "failed",
        exitCode: 1,
        message: "The training module cannot be loaded: train.mjs:2: SyntaxError: Unexpected token ';'.",
      },
    ],
    [
      "imports what its file does not export",
      'import { readFile } from "node:fs/promises";\nimport { nothing } from "./other.mjs";\n',
      {
        outcome: "failed",
        message:
          "The training module cannot be loaded: train.mjs:2: SyntaxError: The requested module './other.mjs' does not provide an export named 'nothing'.",
      },
    ],
    [
      "imports a file that cannot be read",
      'import "./broken.mjs";\n',
      {
        outcome: "failed",
        message: expect.stringMatching(
          /^The training module cannot be loaded: train\.mjs, or a file that it imports: SyntaxError: /,
        ),
      },
    ],
    [
      "imports a package that is not there",
      'import "nothing-of-this-name";\n',
      {
        outcome: "failed",
        message:
          "The training module cannot be loaded: Cannot find package 'nothing-of-this-name' imported from train.mjs. Install it in train.setup, or mend the import.",
      },
    ],
    [
      "asks for a column that is not there",
      small("table.column('weight')"),
      {
        outcome: "invalid-output",
        message:
          'The training module asks train.csv for a column "weight"; it has "id", "size", "noise", "colour", "kind", "price".',
      },
    ],
    ["has no `train`", "", { outcome: "invalid-output", message: expect.stringMatching(/exports no function `train`/) }],
    [
      "returns something else",
      small("", "{ weights: 1 }"),
      { outcome: "invalid-output", message: expect.stringMatching(/did not return a TensorFlow\.js layers model/) },
    ],
    [
      "ends the process",
      small("process.exit(0)"),
      { outcome: "invalid-output", message: expect.stringMatching(/ended before its `train` had returned/) },
    ],
    [
      "reads undeclared data",
      small("await data('secret.csv')"),
      {
        outcome: "invalid-output",
        message: expect.stringMatching(/reads "secret\.csv", which train\.inputs\.data does not declare/),
      },
    ],
    [
      "diverges",
      small("model.setWeights([tf.fill([1, 3], NaN), tf.zeros([3])]);"),
      { outcome: "invalid-output", message: expect.stringMatching(/not all finite numbers/) },
    ],
  ])("says what is wrong when it %s", async (_, module, expected) => {
    const { train, runFolder } = await createModuleTraining(module);
    const training = trainingSchema.parse(await train());
    expect(training).toMatchObject({ ...expected, backend: { used: "wasm" } });
    expect(training.message).not.toContain("words of the module");
    expect(training.model).toBeUndefined();
    expect(await files.exists(join(runFolder, "model"))).toBe(false);
  });

  it("shows an exception with the lines of the module, and none of Node", async () => {
    const { train, output } = await createModuleTraining(
      "export const train = () => inner();\nfunction inner() {\n  null.x;\n}\n",
    );
    await train();
    expect(output()).toMatch(
      /\ntrain\.mjs:3: TypeError: Cannot read properties of null \(reading 'x'\)\n {4}at inner \(train\.mjs:3:8\)\n {4}at (?:Module\.)?train \(train\.mjs:1:28\)\n$/,
    );
  });

  it("says plainly that there is no module", async () => {
    const { train } = await createTraining(assayYml("wasm"), { "train.csv": createCsv(60) });
    expect(await train()).toMatchObject({
      outcome: "failed",
      message: "train.module names train.mjs, but there is no such file in the working directory. Write it, or mend the path.",
    });
  });

  it("does not wait for what a finished module left open", async () => {
    const { train } = await createModuleTraining(small("setInterval(() => {}, 1000);"));
    expect(await train()).toMatchObject({ outcome: "completed" });
  });

  it("passes a cancellation on and keeps what the module saved", async () => {
    const waiting = `
import { writeFileSync } from "node:fs";
export async function train({ log, checkpointFolder }) {
  process.on("SIGINT", () => { writeFileSync(checkpointFolder + "/epoch", "7"); process.exit(); });
  log("ready");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}`;
    const { train, checkpointFolder } = await createModuleTraining(waiting);
    const controller = new AbortController();
    const training = await train({
      signal: controller.signal,
      output: (text) => text.includes("ready") && controller.abort("SIGINT"),
    });
    expect(training).toMatchObject({ outcome: "cancelled", signal: "SIGINT" });
    expect(await files.readText(join(checkpointFolder, "epoch"))).toBe("7");
  });

  it("ends when its time is over", async () => {
    const { train } = await createModuleTraining("export const train = () => new Promise(() => setInterval(() => {}, 1000));");
    expect(await train({ timeoutMinutes: 2 / 60 })).toMatchObject({
      outcome: "timed-out",
      message: expect.stringMatching(/^The training module ran past/),
    });
  });
});

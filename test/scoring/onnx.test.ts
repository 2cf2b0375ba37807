import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { createScorer } from "../../src/scoring/create-scorer.ts";
import { joinPredictions } from "../../src/scoring/join.ts";
import { loadOnnxRuntime, runtimeMessage } from "../../src/scoring/scorers/onnx/load-model.ts";
import { readTestSet } from "../../src/scoring/test-set.ts";
import type { Task } from "../../src/spec/spec.ts";
import golden from "./fixtures/golden.json" with { type: "json" };

const fixtures = join(import.meta.dirname, "fixtures");
const files = createNodeFiles();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-onnx-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Case {
  model: string;
  data?: string;
  csv?: string;
  task: Task;
  target: string;
  id?: string;
  features?: string[];
  classes?: string[];
  positive?: string;
  modelFolder?: string;
}

async function score({ model, data = model, csv, task, target, id, features, classes, positive, modelFolder = fixtures }: Case) {
  let path = join(fixtures, `${data}.csv`);
  if (csv !== undefined) {
    path = join(folder, "rows.csv");
    await writeFile(path, csv);
  }
  const test = await readTestSet({ path, name: "test.csv", task, id, target, files });
  const scorer = createScorer({
    predict: { kind: "onnx", path: `models/${model}.onnx`, features },
    task,
    modelFolder,
    workingDirectory: fixtures,
    classes,
    positive,
    env: {},
    timeoutMinutes: 1,
    processes: createNodeProcesses(),
    files,
    signal: new AbortController().signal,
    output: () => {},
  });
  const raw = await scorer.score(test.rows);
  return { raw, predictions: joinPredictions(raw, { truth: test.truth, task, positive, classes }) };
}

/** float32 models against scikit-learn's float64. */
const tolerance = 2e-5;

function expectClose(actual: ArrayLike<number>, expected: readonly number[], scale = 1): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, row) => {
    expect(Math.abs((actual[row] ?? Number.NaN) - value), `row ${row + 1}`).toBeLessThan(tolerance * scale);
  });
}

describe("an ONNX model gives what scikit-learn gives", () => {
  const cases: (Case & { model: "binary" | "multiclass" | "columns" | "missing" })[] = [
    { model: "binary", task: "binary", target: "malignant", id: "case", positive: "1" },
    { model: "multiclass", task: "multiclass", target: "species", classes: ["setosa", "versicolor", "virginica"] },
    { model: "columns", task: "binary", target: "bought", positive: "yes", classes: ["no", "yes"] },
    { model: "missing", task: "binary", target: "malignant", positive: "1" },
  ];
  it.each(cases)("for $model", async (input) => {
    const { predictions } = await score(input);
    const expected = golden[input.model];
    if (predictions.kind !== "classification") throw new Error("not a classification");
    expect(predictions.labels).toEqual(expected.labels);
    expect(predictions.classes).toEqual(expected.classes);
    expected.probabilities.forEach((values, index) => {
      expectClose(predictions.probabilities[index] ?? [], values);
    });
  });

  it("for a regression", async () => {
    const { predictions } = await score({ model: "regression", task: "regression", target: "target" });
    if (predictions.kind !== "regression") throw new Error("not a regression");
    expectClose(predictions.values, golden.regression.values, 300);
  });

  it("twice the same, to the bit", async () => {
    const input: Case = { model: "binary", task: "binary", target: "malignant", id: "case", positive: "1" };
    const [first, second] = [await score(input), await score(input)];
    expect(first.predictions.digest).toBe(second.predictions.digest);
  });
});

describe("a model with one score", () => {
  const csv = `a,b,y\n${Array.from({ length: 20 }, (_, row) => `${row / 10},${0.5},${row % 2}`).join("\n")}\n`;
  const expected = Array.from({ length: 20 }, (_, row) => 1 / (1 + Math.exp(-(row / 10 - 1))));

  it("is scored in batches of the size that it fixes", async () => {
    const { predictions } = await score({ model: "score", csv, task: "binary", target: "y", classes: ["0", "1"], positive: "1" });
    if (predictions.kind !== "classification") throw new Error("not a classification");
    expectClose(predictions.probabilities[0] ?? [], expected);
    expect(predictions.classes).toEqual(["1"]);
    expect(predictions.labels).toEqual(expected.map((value) => (value >= 0.5 ? "1" : "0")));
  });

  it("is turned round when the positive class is declared first", async () => {
    const { predictions } = await score({ model: "score", csv, task: "binary", target: "y", classes: ["1", "0"], positive: "1" });
    if (predictions.kind !== "classification") throw new Error("not a classification");
    expectClose(
      predictions.probabilities[0] ?? [],
      expected.map((value) => 1 - value),
    );
    expect(predictions.labels[0]).toBe("1");
  });

  it("asks for classes", async () => {
    await expect(score({ model: "score", csv, task: "binary", target: "y" })).rejects.toThrow(
      /Declare evaluate\.classes with the two/,
    );
  });

  it("is refused when it is no probability and there is no label", async () => {
    const input: Case = { model: "margin", csv: "a,b,y\n1,9,0\n9,1,1\n", task: "binary", target: "y", classes: ["0", "1"] };
    await expect(score(input)).rejects.toThrow(/not between 0 and 1.*sigmoid/);
  });
});

describe("a model that does not fit says so", () => {
  const binary: Case = { model: "binary", task: "binary", target: "malignant", id: "case", positive: "1" };

  it("when a declared feature is not in the test set", async () => {
    await expect(score({ ...binary, features: ["mean radius", "weight"] })).rejects.toMatchObject({
      name: "MissingDataError",
      message: expect.stringContaining('no column "weight"'),
    });
  });

  it("when a named input is not in the test set", async () => {
    await expect(score({ model: "columns", csv: "age,country,y\n1,DE,no\n", task: "binary", target: "y" })).rejects.toThrow(
      /no column "income"/,
    );
  });

  it("when the number of columns differs", async () => {
    await expect(score({ ...binary, features: ["mean radius"] })).rejects.toThrow(/\[any, 6\], but there is 1 feature column/);
  });

  it("when text stands where the model reads numbers", async () => {
    const csv = "a,b,c,d,e,f,y\n1,2,3,4,5,blue,0\n1,2,3,4,5,red,1\n";
    await expect(score({ model: "binary", csv, task: "binary", target: "y" })).rejects.toThrow(
      /reads "f" as a number, but test\.csv has text there in row 1\./,
    );
  });

  it("when it would read the target", async () => {
    await expect(score({ ...binary, features: ["malignant"] })).rejects.toThrow(/reads the target "malignant"/);
  });

  it("when the classes cannot be known", async () => {
    await expect(score({ model: "multiclass", task: "multiclass", target: "species" })).rejects.toThrow(
      /Declare evaluate\.classes with the 3 labels/,
    );
  });

  it("when classes are declared in another order than the model's", async () => {
    const classes = ["setosa", "virginica", "versicolor"];
    await expect(score({ model: "multiclass", task: "multiclass", target: "species", classes })).rejects.toThrow(
      /another order.*"setosa", "versicolor", "virginica"/,
    );
  });

  it("when there are more probabilities than classes", async () => {
    await expect(score({ model: "multiclass", task: "multiclass", target: "species", classes: ["a", "b"] })).rejects.toThrow(
      /3 probabilities a row, but evaluate\.classes has 2/,
    );
  });

  it("when its probabilities are dictionaries", async () => {
    await expect(score({ ...binary, model: "binary-zipmap", data: "binary" })).rejects.toThrow(/"zipmap": False/);
  });

  it("when it gives NaN, with the rows", async () => {
    const csv = "a,y\n1,1\n-1,2\n2,3\n-3,4\n";
    await expect(score({ model: "nan", csv, task: "regression", target: "y" })).rejects.toMatchObject({
      name: "UserCommandError",
      message: expect.stringContaining("NaN or infinity for 2 of 4 test rows, first for row 2"),
    });
  });

  it("when it does not give one value a row", async () => {
    const csv = "a,b,y\n1,2,3\n4,5,6\n";
    await expect(score({ model: "reduced", csv, task: "regression", target: "y" })).rejects.toThrow(/shape \[\] for 2 rows/);
  });

  it("when the file is not there, is empty, or is cut off anywhere", async () => {
    const bytes = await readFile(join(fixtures, "binary.onnx"));
    const modelFolder = join(folder, "broken");
    await expect(score({ ...binary, model: "other", data: "binary", modelFolder })).rejects.toThrow(/which has none/);
    await files.write(join(modelFolder, "binary.onnx"), "");
    await expect(score({ ...binary, modelFolder })).rejects.toThrow(/is empty/);
    await expect(score({ ...binary, model: "other", data: "binary", modelFolder })).rejects.toThrow(
      /not among the files.*binary\.onnx/,
    );
    for (const length of [1, 10, 100, bytes.length - 30]) {
      await files.write(join(modelFolder, "binary.onnx"), bytes.subarray(0, length));
      await expect(score({ ...binary, modelFolder })).rejects.toMatchObject({ name: "UserCommandError" });
    }
    await files.write(join(modelFolder, "binary.onnx"), Buffer.from("<html>not found</html>"));
    await expect(score({ ...binary, modelFolder })).rejects.toThrow(/models\/binary\.onnx is not a complete ONNX model/);
  });
});

describe("what ONNX Runtime says", () => {
  it("is shown without its own source and the machine's paths", async () => {
    const bytes = await readFile(join(fixtures, "binary.onnx"));
    // The first field of the file: the version of the format.
    bytes[1] = 127;
    const modelFolder = join(folder, "future");
    await files.write(join(modelFolder, "binary.onnx"), bytes);
    const scored = score({ model: "binary", task: "binary", target: "malignant", id: "case", positive: "1", modelFolder });
    await expect(scored).rejects.toThrow(
      /^models\/binary\.onnx cannot be loaded by ONNX Runtime: Unsupported model IR version: 127, max supported IR version: \d+$/,
    );
  });

  it.each([
    [
      "Status Message: /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/gather.cc:150 onnxruntime::common::Status onnxruntime::Gather::Compute(onnxruntime::OpKernelContext*) const indices element out of data bounds",
      "Status Message: indices element out of data bounds",
    ],
    [
      "C:\\a\\_work\\1\\s\\onnxruntime\\core\\graph\\model.cc:202 onnxruntime::Model::Model Unsupported model IR version: 127 (of 13)",
      "Unsupported model IR version: 127 (of 13)",
    ],
    [
      "/src/core/util.h:10 void onnxruntime::Copy(std::function<void(int)>, T) [with T = float] size == 2 was false. Wrong (size)",
      "size == 2 was false. Wrong (size)",
    ],
    [
      "Error Unrecognized attribute: a/b for operator ai.onnx::Scaler",
      "Error Unrecognized attribute: a/b for operator ai.onnx::Scaler",
    ],
  ])("leaves out places in its source: %.40s…", (message, shown) => {
    expect(runtimeMessage(new Error(message), "/models")).toBe(shown);
  });
});

describe("weights in a file of their own", () => {
  const input: Case = { model: "external", csv: "a,b,y\n1,0.5,0\n3,1,1\n", task: "regression", target: "y" };

  it("are read from the model's folder", async () => {
    const { predictions } = await score(input);
    expect(predictions).toMatchObject({ values: Float64Array.of(0, 1) });
  });

  it("are refused outside of it", async () => {
    const modelFolder = join(folder, "a", "b");
    await cp(join(fixtures, "external-outside.onnx"), join(modelFolder, "external-outside.onnx"));
    await cp(join(fixtures, "weights.bin"), join(folder, "secret.bin"));
    await expect(score({ ...input, model: "external-outside", modelFolder })).rejects.toThrow(
      /weights in "\.\.\/\.\.\/secret\.bin", which is not a file of the trained model's folder/,
    );
  });

  it("are refused behind a link", async () => {
    const modelFolder = join(folder, "linked");
    await cp(join(fixtures, "external.onnx"), join(modelFolder, "external.onnx"));
    await symlink(join(fixtures, "weights.bin"), join(modelFolder, "weights.bin"));
    await expect(score({ ...input, modelFolder })).rejects.toThrow(/not a file of the trained model's folder/);
  });
});

it("says how to get ONNX Runtime where it cannot be loaded", async () => {
  const missing = () => Promise.reject(new Error("no such module"));
  await expect(loadOnnxRuntime(missing)).rejects.toMatchObject({
    name: "UsageError",
    message: expect.stringContaining("npm install onnxruntime-node"),
  });
});

import { join } from "node:path";
import { readTable } from "../../data/read-table.ts";
import type { Table } from "../../data/table.ts";
import { UserCommandError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Task } from "../../spec/spec.ts";
import { createFeatureEncoder, textsOf } from "../../tensorflow/encode-features.ts";
import { loadTensorFlow } from "../../tensorflow/load.ts";
import { missingKernel } from "../../tensorflow/missing-kernel.ts";
import { loadModelFiles } from "../../tensorflow/model-files.ts";
import { predictRows } from "../../tensorflow/predict-rows.ts";
import { type Preprocessing, preprocessingFile, preprocessingSchema } from "../../tensorflow/preprocessing.ts";
import type { RawPredictions } from "../raw-predictions.ts";
import { defaultFeatures, type Scorer, type TestRows } from "../scorer.ts";

export interface TfjsScorerRequest {
  /** Absolute path of the run's `model/` folder: `model.json`, its weights and, where there is one, `preprocessing.json`. */
  modelFolder: string;
  task: Task;
  /** Declared class labels, for a model that does not know its own. */
  classes?: readonly string[] | undefined;
  /** Binary tasks: the label whose probability a model with one output gives; default: the last of the classes. */
  positive?: string | undefined;
  files: Files;
}

/**
 * Scores a TensorFlow.js layers model on the wasm backend (cpu where it lacks an operation), so that predictions do not depend
 * on what the machine has. A model without `preprocessing.json` gets the default features as numbers.
 */
export function createTfjsScorer(request: TfjsScorerRequest): Scorer {
  const { modelFolder, task, files } = request;
  return {
    async score(test) {
      const preprocessing = withFeatures(await readPreprocessing(files, modelFolder), test, task);
      const encoder = createFeatureEncoder(preprocessing, await categoriesAsText(test, preprocessing, files), test.name);
      const outputs = await withBackend(modelFolder, async (tf) => {
        const model = await loadModelFiles(tf, files, modelFolder);
        return predictRows(tf, model, encoder, test.table.rows);
      });
      return preprocessing.output.kind === "number"
        ? regressionOf(outputs, preprocessing.output)
        : classificationOf(outputs, preprocessing.output.classes ?? request.classes ?? labelsOf(test), request.positive);
    },
  };
}

type Outputs = Awaited<ReturnType<typeof predictRows>>;

async function withBackend(
  resolveFrom: string,
  predict: (tf: Awaited<ReturnType<typeof loadTensorFlow>>["tf"]) => Promise<Outputs>,
) {
  const { tf, backend } = await loadTensorFlow("wasm", { resolveFrom });
  try {
    return await predict(tf);
  } catch (error) {
    if (backend === "cpu" || missingKernel(error) === undefined) throw error;
    return predict((await loadTensorFlow("cpu", { resolveFrom })).tf);
  }
}

async function readPreprocessing(files: Files, folder: string): Promise<Preprocessing | undefined> {
  const text = await files.readText(join(folder, preprocessingFile));
  if (text === undefined) return undefined;
  try {
    return preprocessingSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserCommandError(`The model's ${preprocessingFile} is not what Assay writes. Train the model again.`, {
      cause: error,
    });
  }
}

/** A model that does not say what it reads gets the default features. */
function withFeatures(saved: Preprocessing | undefined, test: TestRows, task: Task): Preprocessing {
  if (saved && saved.numeric.length + saved.categorical.length > 0) return saved;
  return {
    schema: "assay.preprocessing/v1",
    numeric: defaultFeatures(test).map((name) => ({ name, fill: null, mean: 0, deviation: 1 })),
    categorical: [],
    output: saved?.output ?? (task === "regression" ? { kind: "number", mean: 0, deviation: 1 } : { kind: "classes" }),
  };
}

/** Categories are compared as text exactly as written, as they were in training; what looks like numbers is read again. */
async function categoriesAsText(
  { path, name: file, table }: TestRows,
  { categorical }: Preprocessing,
  files: Files,
): Promise<Table> {
  const names = new Set(categorical.map(({ name }) => name));
  const text = table.columns.filter(({ kind, name }) => kind === "number" && names.has(name)).map(({ name }) => name);
  if (text.length === 0) return table;
  const again = await readTable(path, { text, columns: text, name: file, files });
  const replaced = new Map(again.columns.map((column) => [column.name, column]));
  return { rows: table.rows, columns: table.columns.map((column) => replaced.get(column.name) ?? column) };
}

/** Only to name a model's outputs when nobody else does: the test set's labels in order. */
function labelsOf({ table, targetColumn }: TestRows): string[] {
  const target = table.columns.find(({ name }) => name === targetColumn);
  return [...new Set(target ? textsOf(target).filter((label) => label !== null) : [])].sort();
}

function regressionOf({ width, values }: Outputs, { mean, deviation }: { mean: number; deviation: number }): RawPredictions {
  if (width !== 1)
    throw new UserCommandError(`The task is regression, but the model gives ${width} numbers a row; one was expected.`);
  return { ids: undefined, predictions: Float64Array.from(values, (value) => value * deviation + mean), scores: new Map() };
}

function classificationOf(outputs: Outputs, classes: readonly string[], positive: string | undefined): RawPredictions {
  const probabilities =
    classes.length === 2 && outputs.width === 1 ? bothClasses(outputs, classes, positive) : columnsOf(outputs);
  if (probabilities.length !== classes.length)
    throw new UserCommandError(
      `The model gives ${outputs.width} numbers a row, but there are ${classes.length} classes. Declare evaluate.classes in the order of the model's outputs.`,
    );
  const rows = outputs.values.length / outputs.width;
  const predictions = Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (const [index, column] of probabilities.entries())
      if ((column[row] ?? 0) > (probabilities[best]?.[row] ?? 0)) best = index;
    return classes[best] ?? "";
  });
  return {
    ids: undefined,
    predictions,
    scores: new Map(classes.map((label, index) => [label, probabilities[index] ?? new Float64Array()])),
  };
}

function columnsOf({ width, values }: Outputs): Float64Array[] {
  return Array.from({ length: width }, (_, column) =>
    Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + column] ?? 0),
  );
}

/** A model with one output gives the probability of the positive class. */
function bothClasses({ values }: Outputs, classes: readonly string[], positive: string | undefined): Float64Array[] {
  const given = Float64Array.from(values);
  const other = given.map((value) => 1 - value);
  return classes[0] === positive ? [given, other] : [other, given];
}

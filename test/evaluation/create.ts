import { compareTrainings } from "../../src/evaluation/compare-trainings.ts";
import { type EvaluateModelsRequest, evaluateModels, type ModelResult } from "../../src/evaluation/evaluate-models.ts";
import { measureTrainings, metricFor } from "../../src/evaluation/measure-trainings.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import { withoutWeightless } from "../../src/evaluation/weightless.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import { type Predictions, plainRows, type Truth } from "../../src/scoring/predictions.ts";
import { factsOfMetric, metricNames } from "../../src/spec/metric-names.ts";
import type { Task } from "../../src/spec/spec.ts";

type Labelled = Extract<Predictions, { kind: "classification" }>;

const ids = (count: number) => Array.from({ length: count }, (_, row) => `row-${row}`);

export function createLabelled(labels: readonly string[], overrides: Partial<Labelled> = {}): Labelled {
  const digest = digestOf("predictions");
  return { kind: "classification", ids: ids(labels.length), digest, labels, classes: [], probabilities: [], ...overrides };
}

export function createNumbered(values: readonly number[]): Predictions {
  return { kind: "regression", ids: ids(values.length), digest: digestOf("predictions"), values: Float64Array.from(values) };
}

export function createTruth(labels: readonly string[]): Truth {
  return { kind: "classification", ids: ids(labels.length), labels };
}

export function createTarget(values: readonly number[]): Truth {
  return { kind: "regression", ids: ids(values.length), values: Float64Array.from(values) };
}

/** A test set and one model's predictions with one 0/1 column a label, named `label-0` and on. */
export function multilabelled({ truth, predicted }: MultilabelExample): { truth: Truth; predictions: Predictions } {
  const [first = []] = truth;
  const classes = truth.map((_, label) => `label-${label}`);
  const indicators = (columns: MultilabelExample["truth"]) => columns.map((column) => Uint8Array.from(column));
  const table = { kind: "multilabel" as const, ids: ids(first.length), classes };
  return {
    truth: { ...table, indicators: indicators(truth) },
    predictions: { ...table, indicators: indicators(predicted), probabilities: [], digest: digestOf("predictions") },
  };
}

interface MultilabelExample {
  truth: readonly ArrayLike<number>[];
  predicted: readonly ArrayLike<number>[];
}

/** Names of a task's metrics, with an argument where they need one: that many rows, or a tenth. */
export function metricTexts(task: Task, rows: number): string[] {
  return metricNames(task).map((name) => {
    const argument = factsOfMetric(name)?.argument;
    return argument && argument.default === undefined ? `${name}=${argument.whole ? rows : 0.1}` : name;
  });
}

type Request = Pick<EvaluateModelsRequest, "task" | "truth" | "positive" | "metrics">;

/** One model on independent rows. */
export function evaluateModel({ predictions, ...request }: Request & { predictions: Predictions }): ModelResult {
  const sides = { candidate: [predictions], baseline: undefined };
  const { candidate } = evaluateModels({ ...request, ...sides, design: plainRows, lowerIsBetter: [] });
  if (candidate === undefined) throw new Error("One model was evaluated and none came back.");
  return candidate;
}

/** Two models on independent rows. */
export function compareModels({ baseline, candidate, ...request }: Request & { baseline: Predictions; candidate: Predictions }) {
  return evaluateModels({ ...request, baseline: [baseline], candidate: [candidate], design: plainRows, lowerIsBetter: [] });
}

/** One metric of one model whose rows were joined. */
export function measureRows(name: string, task: Task, rows: Rows) {
  return measureTrainings(name, metricFor(name, task), [rows], undefined);
}

/** One metric of two models whose rows were joined. */
export function compareRows(name: string, task: Task, baseline: Rows, candidate: Rows) {
  return compareTrainings(name, metricFor(name, task), [baseline], [candidate], undefined);
}

/** The rows that weigh something, which are all that metrics ever see. */
export function weighed(rows: Rows): Rows {
  return withoutWeightless([], { ...plainRows, weights: rows.weights }).select(rows);
}

interface LabelledExample {
  truth: readonly string[];
  predicted: readonly string[];
  positive?: string | undefined;
  classes?: readonly string[];
  probabilities?: readonly (readonly number[])[];
}

/** A test set and one model's predictions, from plain arrays. */
export function labelled({ truth, predicted, positive, classes = [], probabilities = [] }: LabelledExample) {
  const columns = probabilities.map((column) => Float64Array.from(column));
  return { truth: createTruth(truth), predictions: createLabelled(predicted, { classes, probabilities: columns }), positive };
}

export function numbered({ truth, predicted }: { truth: readonly number[]; predicted: readonly number[] }) {
  return { truth: createTarget(truth), predictions: createNumbered(predicted) };
}

import { MissingDataError } from "../errors/errors.ts";
import type { Predictions, Truth } from "../scoring/predictions.ts";
import type { Task } from "../spec/spec.ts";

/** The rows of a test set beside what one model says about them. */
export type Rows = LabelledRows | NumberedRows | MultilabelRows | ScoredRows;

interface AnyRows {
  count: number;
  /** Sample weights, finite and > 0; undefined: each row counts 1. Rows that weigh nothing are left out before. */
  weights: Float64Array | undefined;
}

export interface LabelledRows extends AnyRows {
  kind: "classification";
  task: Task;
  /** Every label of the truth and of the models that are compared, sorted. */
  labels: readonly string[];
  /** Positions in `labels`. */
  truth: Int32Array;
  predicted: Int32Array;
  /** Binary tasks: position of the positive label in `labels`, or why it is not known. */
  positive: number | { undefinedBecause: string };
  /** Class labels of the columns, or none for a lone score of the positive class. */
  classes: readonly string[];
  probabilities: readonly Float64Array[];
}

export interface NumberedRows extends AnyRows {
  kind: "regression";
  truth: Float64Array;
  predicted: Float64Array;
}

/** Each row has any number of labels: one 0/1 array a label, truth and prediction in the same order. */
export interface MultilabelRows extends AnyRows {
  kind: "multilabel";
  labels: readonly string[];
  /** How many of them the test set knows; the others only a model names. */
  known: number;
  truth: readonly Uint8Array[];
  predicted: readonly Uint8Array[];
  /** By position in `labels`, where the model gives them; a label that it does not know has none. */
  probabilities: readonly (Float64Array | undefined)[];
}

/** No truth is compared: the numbers are the scores. */
export interface ScoredRows extends AnyRows {
  kind: "scored";
  scores: ReadonlyMap<string, Float64Array>;
}

export interface RowsRequest {
  task: Task;
  truth: Truth;
  weights?: Float64Array | undefined;
  positive: string | undefined;
}

/**
 * Joins a test set with the predictions of one or more models, in the same coding of labels.
 * @throws MissingDataError when predictions are of another kind or of other rows
 */
export function joinRows({ task, truth, positive, weights }: RowsRequest, models: readonly Predictions[]): Rows[] {
  for (const predictions of models) checkRows(truth, predictions);
  const count = truth.ids.length;
  if (truth.kind === "regression") {
    return models.map((predictions) => {
      if (predictions.kind !== "regression") throw otherKind(truth, predictions);
      return { kind: "regression", count, weights, truth: truth.values, predicted: predictions.values };
    });
  }
  if (truth.kind === "scored") {
    return models.map((predictions) => {
      if (predictions.kind !== "scored") throw otherKind(truth, predictions);
      return { kind: "scored", count, weights, scores: predictions.scores };
    });
  }
  if (truth.kind === "multilabel") return joinMultilabel(truth, models, weights);
  const labelled = models.map((predictions) => {
    if (predictions.kind !== "classification") throw otherKind(truth, predictions);
    return predictions;
  });
  const present = new Set(truth.labels);
  for (const { labels } of labelled) for (const label of labels) present.add(label);
  const chosen = task === "binary" ? choosePositive(present, positive) : { undefinedBecause: "the task is not binary" };
  const labels = [...(typeof chosen === "string" ? new Set([...present, chosen]) : present)].sort(byNumberOrText);
  const positions = new Map(labels.map((label, position) => [label, position]));
  const encode = (texts: readonly string[]) => Int32Array.from(texts, (text) => positions.get(text) ?? -1);
  const encodedTruth = encode(truth.labels);
  return labelled.map((predictions) => ({
    kind: "classification",
    task,
    count,
    weights,
    labels,
    truth: encodedTruth,
    predicted: encode(predictions.labels),
    positive: typeof chosen === "string" ? (positions.get(chosen) ?? -1) : chosen,
    classes: predictions.classes,
    probabilities: predictions.probabilities,
  }));
}

function joinMultilabel(
  truth: Extract<Truth, { kind: "multilabel" }>,
  models: readonly Predictions[],
  weights: Float64Array | undefined,
): MultilabelRows[] {
  const sides = models.map((predictions) => {
    if (predictions.kind !== "multilabel") throw otherKind(truth, predictions);
    return predictions;
  });
  const count = truth.ids.length;
  const labels = [...new Set([truth, ...sides].flatMap(({ classes }) => classes))].sort(byNumberOrText);
  const none = new Uint8Array(count);
  const aligned = ({ classes, indicators }: { classes: readonly string[]; indicators: readonly Uint8Array[] }) =>
    labels.map((label) => indicators[classes.indexOf(label)] ?? none);
  return sides.map((predictions) => ({
    kind: "multilabel",
    count,
    weights,
    labels,
    known: truth.classes.length,
    truth: aligned(truth),
    predicted: aligned(predictions),
    probabilities: labels.map((label) => predictions.probabilities[predictions.classes.indexOf(label)]),
  }));
}

function checkRows(truth: Truth, predictions: Predictions): void {
  const rows = truth.ids.length;
  const wrong = [predictions.ids.length, ...columnLengths(predictions)].find((length) => length !== rows);
  if (wrong !== undefined)
    throw new MissingDataError(
      `The test set has ${rows} rows and the predictions have ${wrong}; score the model on this test set.`,
    );
  const other = truth.ids.findIndex((id, row) => id !== predictions.ids[row]);
  if (other >= 0) {
    throw new MissingDataError(
      `Row ${other + 1} of the test set has id ${quote(truth.ids[other])}, of the predictions ${quote(predictions.ids[other])}; join them on id first.`,
    );
  }
}

function columnLengths(predictions: Predictions): number[] {
  switch (predictions.kind) {
    case "regression":
      return [predictions.values.length];
    case "classification":
      return [predictions.labels.length, ...predictions.probabilities.map(({ length }) => length)];
    case "multilabel":
      return [...predictions.indicators, ...predictions.probabilities].map(({ length }) => length);
    case "scored":
      return [...predictions.scores.values()].map(({ length }) => length);
  }
}

function otherKind(truth: Truth, predictions: Predictions): MissingDataError {
  return new MissingDataError(
    `The test set is for ${truth.kind} and the predictions are for ${predictions.kind}; check the model's task in assay.yml.`,
  );
}

/** The usual names of two classes; other labels say nothing about which is meant. */
const usualPositives = [
  ["0", "1"],
  ["-1", "1"],
  ["0.0", "1.0"],
  ["false", "true"],
  ["False", "True"],
] as const;

export function choosePositive(
  present: ReadonlySet<string>,
  declared: string | undefined,
): string | { undefinedBecause: string } {
  if (declared !== undefined) return declared;
  const usual = usualPositives.find((pair) => [...present].every((label) => (pair as readonly string[]).includes(label)));
  if (usual) return usual[1];
  return { undefinedBecause: "which label is positive is not known: declare evaluate.positive" };
}

function byNumberOrText(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  if (x !== undefined && y !== undefined && !Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  const numbers = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return numbers !== 0 ? numbers : a < b ? -1 : 1;
}

/** A label or id in a message. */
export function quote(text: string | undefined): string {
  const short = (text ?? "").slice(0, 60);
  return `"${short}${text !== undefined && text.length > 60 ? "…" : ""}"`;
}

export function asLabelled(rows: Rows): LabelledRows {
  if (rows.kind !== "classification") throw new Error("A metric of labels was asked about numbers.");
  return rows;
}

export function asMultilabel(rows: Rows): MultilabelRows {
  if (rows.kind !== "multilabel") throw new Error("A metric of many labels a row was asked about others.");
  return rows;
}

export function asScored(rows: Rows): ScoredRows {
  if (rows.kind !== "scored") throw new Error("A metric of scores was asked about predictions.");
  return rows;
}

export function asNumbered(rows: Rows): NumberedRows {
  if (rows.kind !== "regression") throw new Error("A metric of numbers was asked about labels.");
  return rows;
}

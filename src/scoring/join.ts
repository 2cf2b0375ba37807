import { parseNumber } from "../data/number-text.ts";
import { quoted } from "../data/table-request.ts";
import { UserCommandError } from "../errors/errors.ts";
import type { Task } from "../spec/spec.ts";
import { matchRows } from "./match-rows.ts";
import type { PredictionRows, Predictions, Truth } from "./predictions.ts";
import { digestPredictions } from "./predictions-file.ts";
import type { RawPredictions } from "./raw-predictions.ts";

export interface JoinRequest {
  truth: Truth;
  task: Task;
  /** Binary tasks: the label that counts as positive. */
  positive: string | undefined;
  /** Declared class labels. */
  classes: readonly string[] | undefined;
}

/** How far probabilities of a row may be from a sum of 1: they may have been written with few digits. */
const sumTolerance = 1e-3;

/**
 * Puts predictions into the test set's row order and checks the contract: the same rows, finite numbers, probabilities in
 * [0, 1] that sum to 1. A binary `score` may be any real number. Labels that the test set does not have are kept.
 * @throws UserCommandError when the predictions do not keep the contract
 */
export function joinPredictions(raw: RawPredictions, request: JoinRequest): Predictions {
  const { truth, task } = request;
  const order = matchRows(raw, truth.ids);
  if (truth.kind === "multilabel" || truth.kind === "scored")
    throw new UserCommandError(`Predictions of ${truth.kind} tasks cannot be read yet.`);
  const rows: PredictionRows =
    truth.kind === "regression"
      ? { ids: truth.ids, kind: "regression", values: regressionValues(raw, order, truth.ids) }
      : {
          ids: truth.ids,
          kind: "classification",
          labels: predictedLabels(raw, order, truth.labels, request),
          ...(task === "binary" ? binaryScores(raw, order, request) : classProbabilities(raw, order, request)),
        };
  return { ...rows, digest: digestPredictions(rows) };
}

function regressionValues(raw: RawPredictions, order: Int32Array, ids: readonly string[]): Float64Array {
  const read = (row: number): number => {
    const value = raw.predictions[row];
    return typeof value === "number" ? value : (parseNumber(value ?? "") ?? Number.NaN);
  };
  const values = Float64Array.from(order, read);
  refuse(values, ids, (value) => !Number.isFinite(value), "the prediction is not a finite number");
  return values;
}

function predictedLabels(raw: RawPredictions, order: Int32Array, truth: readonly string[], { classes }: JoinRequest): string[] {
  const labels = Array.from(order, (row) => String(raw.predictions[row]));
  const known = new Set([...truth, ...(classes ?? [])]);
  const predicted = new Set(labels);
  if (known.size > 1 && !known.values().some((label) => predicted.has(label)))
    throw new UserCommandError(
      `No predicted label is one of the test set's: predicted ${shownLabels(predicted)}, but the labels are ` +
        `${shownLabels(known)}. Write labels exactly as the test set does (1 is not 1.0).`,
    );
  return labels;
}

/** Values of cells are shown only where there are few: a column of many is not a column of labels. */
const maxShownLabels = 20;

export function shownLabels(labels: ReadonlySet<string>): string {
  return labels.size > maxShownLabels ? `${labels.size} different values` : quoted([...labels].sort());
}

type Scores = { classes: readonly string[]; probabilities: readonly Float64Array[] };

function binaryScores(raw: RawPredictions, order: Int32Array, request: JoinRequest): Scores {
  const { positive, truth } = request;
  const names = [...raw.scores.keys()];
  const [only] = names;
  if (names.length !== 1 || only === undefined) {
    if (names.length > 2)
      throw new UserCommandError(
        `The task is binary, but there are ${names.length} columns of scores: ${quoted(names.map(columnName))}. Write score, or two proba_<class>.`,
      );
    return classProbabilities(raw, order, request);
  }
  if (only !== "" && only !== positive)
    throw new UserCommandError(
      `There is proba_${only} alone, which is not the positive class${positive === undefined ? "" : ` ${JSON.stringify(positive)}`}. ` +
        "Write the probabilities of both classes, or score for the positive class.",
    );
  const score = column(raw, only, order);
  refuse(score, truth.ids, (value) => !Number.isFinite(value), `${columnName(only)} is not a finite number`);
  if (only !== "") refuse(score, truth.ids, (value) => value < 0 || value > 1, `${columnName(only)} is not between 0 and 1`);
  return { classes: [positive ?? ""], probabilities: [score] };
}

function classProbabilities(raw: RawPredictions, order: Int32Array, { truth, classes: declared }: JoinRequest): Scores {
  const names = new Set(raw.scores.keys());
  if (names.size === 0) return { classes: [], probabilities: [] };
  if (names.has(""))
    throw new UserCommandError(
      names.size === 1
        ? "score is for binary tasks; write one proba_<class> a class."
        : "There are both score and proba_<class>; write one of the two.",
    );
  if (truth.kind === "classification" && !truth.labels.some((label) => names.has(label)))
    throw new UserCommandError(
      `No column of probabilities is for a label of the test set: there is ${quoted([...names].map(columnName))}, but the labels are ` +
        `${shownLabels(new Set(truth.labels))}. Write labels exactly as the test set does (1 is not 1.0).`,
    );
  const inOrder = (declared ?? []).filter((name) => names.has(name));
  const classes = [...inOrder, ...[...names].filter((name) => !inOrder.includes(name)).sort()];
  const probabilities = classes.map((name) => column(raw, name, order));
  for (const [index, values] of probabilities.entries()) {
    const name = columnName(classes[index] ?? "");
    refuse(values, truth.ids, (value) => !Number.isFinite(value), `${name} is not a finite number`);
    refuse(values, truth.ids, (value) => value < 0 || value > 1, `${name} is not between 0 and 1`);
  }
  const sums = Float64Array.from(order, (_, row) => probabilities.reduce((sum, values) => sum + (values[row] ?? 0), 0));
  refuse(sums, truth.ids, (sum) => Math.abs(sum - 1) > sumTolerance, "the probabilities of all classes do not sum to 1");
  return { classes, probabilities };
}

function column(raw: RawPredictions, name: string, order: Int32Array): Float64Array {
  const values = raw.scores.get(name) ?? new Float64Array();
  return Float64Array.from(order, (row) => values[row] ?? Number.NaN);
}

function columnName(name: string): string {
  return name === "" ? "score" : `proba_${name}`;
}

function refuse(values: Float64Array, ids: readonly string[], isBad: (value: number) => boolean, what: string): void {
  const bad = ids.filter((_, row) => isBad(values[row] ?? Number.NaN));
  if (bad.length === 0) return;
  throw new UserCommandError(
    `Predictions: ${what} in ${bad.length} of ${ids.length} rows, with id ${quoted(bad)}. Look at what the model gives for these rows.`,
  );
}

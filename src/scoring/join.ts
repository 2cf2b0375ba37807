import { parseNumber } from "../data/number-text.ts";
import { mostShownValues } from "../data/shown-values.ts";
import { quoted } from "../data/table-request.ts";
import { UserCommandError } from "../errors/errors.ts";
import { didYouMean } from "../spec/did-you-mean.ts";
import type { Task } from "../spec/spec.ts";
import { matchRows } from "./match-rows.ts";
import { indicatorsOf, splitLabels } from "./multilabel.ts";
import { isNoLabel } from "./other-labels.ts";
import type { PredictionRows, Predictions, Truth } from "./predictions.ts";
import { digestPredictions } from "./predictions-file.ts";
import type { RawPredictions } from "./raw-predictions.ts";
import { joinScores } from "./scores.ts";

export interface JoinRequest {
  truth: Truth;
  task: Task;
  /** Binary tasks: the label that counts as positive. */
  positive: string | undefined;
  /** Declared class labels. */
  classes: readonly string[] | undefined;
  /** `scored` tasks: scores that must be there in every row; undefined: every column of numbers is one. */
  scores?: readonly string[] | undefined;
}

/** How far probabilities of a row may be from a sum of 1: they may have been written with few digits. */
const sumTolerance = 1e-3;

/**
 * Puts predictions into the test set's row order and checks the contract: the same rows, finite numbers, probabilities in
 * [0, 1] that sum to 1 (of `multilabel` tasks each by itself). A binary `score` may be any real number. Labels that the test set
 * does not have are kept. Rows of `scored` tasks may be there several times, and are averaged.
 * @throws UserCommandError when the predictions do not keep the contract
 */
export function joinPredictions(raw: RawPredictions, request: JoinRequest): Predictions {
  const rows = joinRows(raw, request);
  return { ...rows, digest: digestPredictions(rows) };
}

function joinRows(raw: RawPredictions, request: JoinRequest): PredictionRows {
  const { truth, task, scores } = request;
  const { ids } = truth;
  if (truth.kind === "scored") return joinScores(raw, ids, scores);
  const predictions = predictionsOf(raw);
  const order = matchRows(raw, ids);
  if (truth.kind === "multilabel") return joinMultilabel(raw, predictions, order, truth, request);
  if (truth.kind === "regression") return { ids, kind: "regression", values: regressionValues(raw, predictions, order, ids) };
  return {
    ids,
    kind: "classification",
    labels: predictedLabels(raw, predictions, order, truth.labels, request),
    ...(task === "binary" ? binaryScores(raw, order, request) : classProbabilities(raw, order, request)),
  };
}

type RawColumn = readonly string[] | Float64Array;

function predictionsOf({ predictions, columns = [], ids, source }: RawPredictions): RawColumn {
  if (predictions.length > 0) return predictions;
  const names = [...(ids ? ["id"] : []), ...columns.map(({ name }) => name)];
  const delimiter =
    names.length === 1 && /[^\w.-]/.test(names[0] ?? "") ? " Columns are told apart by a comma, a semicolon, a tab or |." : "";
  const meant = didYouMean("prediction", names);
  const fix =
    meant === undefined
      ? "Write the columns id, prediction, and score or proba_<class>, with their names in the first line."
      : `Rename ${JSON.stringify(meant)} to "prediction", exactly so.`;
  throw new UserCommandError(
    `${source ?? "Predictions:"} has no column "prediction"; it has ${quoted(names, 20)}.${delimiter} ${fix}`,
  );
}

/** A value that is none, of which the first is shown; `NaN` may be a label that the test set has. */
function refuseMissing({ source }: RawPredictions, predictions: RawColumn, isNone: (text: string) => boolean): void {
  if (predictions instanceof Float64Array) return;
  const first = predictions.findIndex(isNone);
  if (first === -1) return;
  const count = predictions.filter(isNone).length;
  const value = predictions[first]?.trim() ?? "";
  throw new UserCommandError(
    `${prefix(source)}"prediction" is ${value === "" ? "empty" : `${JSON.stringify(value)}, which is no label,`} in ${count} of ${predictions.length} rows, first in row ${first + 1}. Write one for every row.`,
  );
}

function regressionValues(raw: RawPredictions, predictions: RawColumn, order: Int32Array, ids: readonly string[]): Float64Array {
  if (raw.source !== undefined) refuseMissing(raw, predictions, (text) => text === "");
  const read = (row: number): number => {
    const value = predictions[row];
    return typeof value === "number" ? value : (parseNumber(value ?? "") ?? Number.NaN);
  };
  const values = Float64Array.from(order, read);
  const written = (row: number) => String(predictions[order[row] ?? -1]);
  refuse(raw, values, ids, (value) => !Number.isFinite(value), "the prediction is not a finite number", written);
  return values;
}

function predictedLabels(
  raw: RawPredictions,
  predictions: RawColumn,
  order: Int32Array,
  truth: readonly string[],
  { classes, positive }: JoinRequest,
): string[] {
  const known = new Set([...truth, ...(classes ?? []), ...(positive === undefined ? [] : [positive])]);
  refuseMissing(raw, predictions, (text) => isNoLabel(text) && !known.has(text));
  const labels = Array.from(order, (row) => String(predictions[row]));
  refuseOtherLabels(raw, labels, known);
  return labels;
}

/** A model of these labels would be right so rarely that it is more likely to be of others. */
const leastKnown = 0.05;

function refuseOtherLabels({ source }: RawPredictions, predicted: readonly string[], known: ReadonlySet<string>): void {
  const others = predicted.filter((label) => !known.has(label));
  if (known.size <= 1 || others.length <= (1 - leastKnown) * predicted.length) return;
  const which =
    others.length === predicted.length
      ? "No predicted label is one of the test set's"
      : `${others.length} of ${predicted.length} predicted labels are none of the test set's`;
  throw new UserCommandError(
    `${prefix(source)}${which}: predicted ${shownLabels(new Set(others))}, but the labels are ` +
      `${shownLabels(known)}. Write labels exactly as the test set does (1 is not 1.0).`,
  );
}

function prefix(source: string | undefined): string {
  return source === undefined ? "" : `${source}: `;
}

function joinMultilabel(
  raw: RawPredictions,
  predictions: RawColumn,
  order: Int32Array,
  truth: Extract<Truth, { kind: "multilabel" }>,
  { classes: declared }: JoinRequest,
): PredictionRows {
  const { ids } = truth;
  const rows = Array.from(order, (row) => splitLabels(String(predictions[row])));
  const known = new Set([...truth.classes, ...(declared ?? [])]);
  refuseMissing(raw, predictions, (text) => text.trim() !== "" && isNoLabel(text) && !known.has(text.trim()));
  refuseOtherLabels(raw, rows.flat(), known);
  const predicted = new Set(rows.flat());
  const classes = [...new Set([...truth.classes, ...(declared ?? []), ...predicted, ...raw.scores.keys()])].sort();
  const missing = classes.filter((name) => !raw.scores.has(name));
  if (raw.scores.has(""))
    throw new UserCommandError(`${prefix(raw.source)}score is for binary tasks; write one proba_<class> a label.`);
  if (raw.scores.size > 0 && missing.length > 0)
    throw new UserCommandError(
      `${prefix(raw.source)}There is proba_<class> for some labels but not for ${quoted(missing)}. Write one for every label of the test set and of the predictions, or none.`,
    );
  const probabilities = raw.scores.size === 0 ? [] : classes.map((name) => probabilityColumn(raw, name, order, ids));
  return { ids, kind: "multilabel", classes, indicators: indicatorsOf(rows, classes), probabilities };
}

function probabilityColumn(raw: RawPredictions, name: string, order: Int32Array, ids: readonly string[]): Float64Array {
  const values = column(raw, name, order);
  refuse(raw, values, ids, (value) => !Number.isFinite(value), `${columnName(name)} is not a finite number`);
  refuse(raw, values, ids, (value) => value < 0 || value > 1, `${columnName(name)} is not between 0 and 1`);
  return values;
}

/** Values of cells are shown only where there are few: a column of many is not a column of labels. */

export function shownLabels(labels: ReadonlySet<string>): string {
  return labels.size > mostShownValues ? `${labels.size} different values` : quoted([...labels].sort());
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
  refuse(raw, score, truth.ids, (value) => !Number.isFinite(value), `${columnName(only)} is not a finite number`);
  if (only !== "") refuse(raw, score, truth.ids, (value) => value < 0 || value > 1, `${columnName(only)} is not between 0 and 1`);
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
  const probabilities = classes.map((name) => probabilityColumn(raw, name, order, truth.ids));
  const sums = Float64Array.from(order, (_, row) => probabilities.reduce((sum, values) => sum + (values[row] ?? 0), 0));
  const labels = new Set([...(truth.kind === "classification" ? truth.labels : []), ...(declared ?? [])]);
  const absent = [...labels].filter((label) => !names.has(label)).sort();
  if (absent.length > 0 && absent.length <= mostShownValues && sums.some((sum) => Math.abs(sum - 1) > sumTolerance))
    throw new UserCommandError(
      `${prefix(raw.source)}there is no column ${quoted(absent.map(columnName))}, and without it the probabilities do not sum to 1. Write one proba_<class> for every class.`,
    );
  refuse(raw, sums, truth.ids, (sum) => Math.abs(sum - 1) > sumTolerance, "the probabilities of all classes do not sum to 1");
  return { classes, probabilities };
}

function column(raw: RawPredictions, name: string, order: Int32Array): Float64Array {
  const values = raw.scores.get(name) ?? new Float64Array();
  return Float64Array.from(order, (row) => values[row] ?? Number.NaN);
}

function columnName(name: string): string {
  return name === "" ? "score" : `proba_${name}`;
}

/** @param written the value as messages show it; default: the number */
function refuse(
  { source }: RawPredictions,
  values: Float64Array,
  ids: readonly string[],
  isBad: (value: number) => boolean,
  what: string,
  written: (row: number) => string = (row) => numberText(values[row] ?? Number.NaN),
): void {
  const bad = [...ids.keys()].filter((row) => isBad(values[row] ?? Number.NaN));
  const [first] = bad;
  if (first === undefined) return;
  throw new UserCommandError(
    `${source ?? "Predictions"}: ${what} in ${bad.length} of ${ids.length} rows, with id ${quoted(bad.map((row) => ids[row] ?? ""))} ` +
      `(the first is ${written(first).slice(0, 40)}). Look at what the model gives for these rows.`,
  );
}

/** What was not there was read as NaN. */
function numberText(value: number): string {
  return Number.isNaN(value) ? "empty or NaN" : String(Number(value.toPrecision(6)));
}

import { mostShownValues } from "../data/shown-values.ts";
import { UsageError } from "../errors/errors.ts";
import { choosePositive, type LabelledRows, type Rows } from "../evaluation/rows.ts";
import type { ClassifiedRows } from "./classified-rows.ts";

/** What a model said of rows, in their order, and what turned out. Missing is null, of numbers NaN. */
export type ModelTable =
  | {
      kind: "classification";
      predicted: readonly (string | null)[];
      truth: readonly (string | null)[];
      /** One a class, or the positive label's alone; none where the model gives none. */
      scores: readonly Float64Array[];
    }
  | { kind: "regression"; predicted: Float64Array; truth: Float64Array };

export interface Classes {
  task: "binary" | "multiclass";
  labels: readonly string[];
  /** Position of the positive label; of several classes −1. */
  positive: number;
  /** Of the columns of scores; empty for the positive label's alone. */
  scored: readonly string[];
}

/**
 * The classes of a model, from what tables hold.
 * @param scored labels of the columns of scores, where there is one for each
 * @throws UsageError when they do not fit the task
 */
export function classesOf(
  tables: readonly ModelTable[],
  {
    task,
    positive,
    scored,
    called,
  }: {
    task: "binary" | "multiclass" | undefined;
    positive: string | undefined;
    scored: readonly string[];
    /** How an option is called where it was written. */
    called: (name: string, value?: string) => string;
  },
): Classes {
  const present = new Set<string>(scored);
  for (const table of tables)
    if (table.kind === "classification")
      for (const values of [table.truth, table.predicted]) for (const value of values) if (value !== null) present.add(value);
  if (positive !== undefined) present.add(positive);
  const labels = [...present].sort();
  if (task === "multiclass") {
    const without = scored.length === 0 ? [] : labels.filter((label) => !scored.includes(label));
    if (without.length > 0)
      throw new UsageError(
        `There is no column of scores of ${shown(without, labels.length)}. Name one for each label in ${called("score")}, or leave it out.`,
      );
    return { task, labels, positive: -1, scored };
  }
  if (labels.length > 2)
    throw new UsageError(
      `There are ${shown(labels)}. Add ${called("task", "multiclass")}, or ${called("task", "regression")} where numbers are predicted.`,
    );
  const chosen = choosePositive(present, positive);
  if (typeof chosen !== "string")
    throw new UsageError(
      `Which is the positive one of ${shown(labels)} is not known. Add ${called("positive", labels.at(-1) ?? "<label>")}.`,
    );
  return { task: "binary", labels, positive: labels.indexOf(chosen), scored };
}

/** The rows of which everything is known as metrics have them, and where each of them lies in the table. */
export function measurableRows(table: ModelTable, classes: Classes | undefined): { rows: Rows; places: Uint32Array } {
  if (table.kind === "regression") {
    const places = placesWhere(
      table.truth.length,
      (row) => !Number.isNaN(table.truth[row]) && !Number.isNaN(table.predicted[row]),
    );
    const pick = (values: Float64Array) => Float64Array.from(places, (row) => values[row] ?? Number.NaN);
    const rows: Rows = {
      ...{ kind: "regression", count: places.length, weights: undefined },
      ...{ truth: pick(table.truth), predicted: pick(table.predicted) },
    };
    return { rows, places };
  }
  if (classes === undefined) throw new Error("The classes of a classifier were not given.");
  const { truth, predicted, scores } = table;
  const places = placesWhere(
    truth.length,
    (row) =>
      typeof truth[row] === "string" &&
      typeof predicted[row] === "string" &&
      scores.every((values) => !Number.isNaN(values[row])),
  );
  const at = new Map(classes.labels.map((label, position) => [label, position]));
  const encode = (values: readonly (string | null)[]) => Int32Array.from(places, (row) => at.get(values[row] ?? "") ?? -1);
  const rows: LabelledRows = {
    ...{ kind: "classification", task: classes.task, count: places.length, weights: undefined, labels: classes.labels },
    ...{ truth: encode(truth), predicted: encode(predicted) },
    positive: classes.positive >= 0 ? classes.positive : { undefinedBecause: "the task is not binary" },
    classes: classes.scored,
    probabilities: scores.map((values) => Float64Array.from(places, (row) => values[row] ?? Number.NaN)),
  };
  return { rows, places };
}

/** As the estimates without labels have them; undefined where the model gives no scores. */
export function classifiedRows(table: ModelTable, classes: Classes | undefined): ClassifiedRows | undefined {
  if (table.kind !== "classification" || classes === undefined || table.scores.length === 0) return undefined;
  const { task, labels, positive, scored } = classes;
  const order = task === "binary" ? [labels.find((_, i) => i !== positive) ?? "", labels[positive] ?? ""] : scored;
  const at = new Map(order.map((label, position) => [label, position]));
  const encode = (values: readonly (string | null)[]) =>
    Int32Array.from(values, (value) => (value === null ? -1 : (at.get(value) ?? -1)));
  return { probabilities: table.scores, predicted: encode(table.predicted), truth: encode(table.truth) };
}

function placesWhere(count: number, is: (row: number) => boolean): Uint32Array {
  const places: number[] = [];
  for (let row = 0; row < count; row++) if (is(row)) places.push(row);
  return Uint32Array.from(places);
}

/** Where there are many they may be anything: an e-mail address does not belong into a public log. */
function shown(labels: readonly string[], all = labels.length): string {
  const count = `${labels.length} label${labels.length === 1 ? "" : "s"}`;
  return all > mostShownValues ? count : `${count}: ${labels.map((label) => JSON.stringify(label.slice(0, 40))).join(", ")}`;
}

import { mostShownValues } from "../../data/shown-values.ts";
import type { Table } from "../../data/table.ts";
import { quoted } from "../../data/table-request.ts";
import { UsageError } from "../../errors/errors.ts";
import type { Recipe, Task } from "../../spec/spec.ts";
import { numbersOf, textsOf } from "../../tensorflow/encode-features.ts";
import type { Preprocessing } from "../../tensorflow/preprocessing.ts";
import { columnOf } from "./training-rows.ts";

const maxCategories = 1_000;

/**
 * Learns means, deviations and categories from the rows that are trained on.
 * @param rows those rows; the classes come from all rows that have a target, `labelled`
 * @throws UsageError when a column is not what the recipe says
 */
export function fitPreprocessing(
  table: Table,
  recipe: Recipe,
  task: Task,
  rows: Int32Array,
  labelled: Int32Array,
): Preprocessing {
  const { features, missing } = recipe;
  return {
    schema: "assay.preprocessing/v1",
    numeric: features.numeric.map((name) => {
      const values = finiteAt(numbersOf(columnOf(table, name, recipe.data), recipe.data), rows);
      if (values.length === 0)
        throw new UsageError(`${recipe.data}: column ${JSON.stringify(name)} has no number in the training rows.`);
      const { mean, deviation } = standardisation(values);
      // Rows that were dropped in training must still be predicted when they are scored.
      return { name, fill: missing.numeric === "mean" ? mean : median(values), mean, deviation };
    }),
    categorical: features.categorical.map((name) => {
      const counts = countAt(textsOf(columnOf(table, name, recipe.data)), rows);
      const categories = [...counts.keys()].sort();
      if (categories.length > maxCategories)
        throw new UsageError(
          `${recipe.data}: column ${JSON.stringify(name)} has ${categories.length} categories; at most ${maxCategories} can be one-hot encoded. Group the rare ones.`,
        );
      return { name, categories, fill: missing.categorical === "most-frequent" ? mostFrequent(counts) : null };
    }),
    output: task === "regression" ? numberOutput(table, recipe, rows) : classesOutput(table, recipe, task, labelled),
  };
}

function numberOutput(table: Table, recipe: Recipe, rows: Int32Array): Preprocessing["output"] {
  const values = finiteAt(numbersOf(columnOf(table, recipe.target, recipe.data), recipe.data), rows);
  return { kind: "number", ...standardisation(values) };
}

function classesOutput(table: Table, recipe: Recipe, task: Task, rows: Int32Array): Preprocessing["output"] {
  const classes = [...countAt(textsOf(columnOf(table, recipe.target, recipe.data)), rows).keys()].sort();
  const target = JSON.stringify(recipe.target);
  if (classes.length < 2 || (task === "binary" && classes.length > 2))
    throw new UsageError(
      `${recipe.data}: the target ${target} has ${describeLabels(classes)}; a ${task} task needs ${task === "binary" ? "exactly" : "at least"} two. Mend the labels, or declare another task.`,
    );
  if (classes.length > maxCategories)
    throw new UsageError(
      `${recipe.data}: the target ${target} has ${classes.length} labels; at most ${maxCategories} are supported. Is the task a regression?`,
    );
  return { kind: "classes", classes };
}

/** Values of cells are shown only where there are few: a column of many is not a column of labels. */

function describeLabels(classes: readonly string[]): string {
  const count = `${classes.length} ${classes.length === 1 ? "label" : "labels"}`;
  return classes.length > mostShownValues ? count : `${count}, ${quoted(classes, mostShownValues)}`;
}

function finiteAt(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN).filter(Number.isFinite);
}

function countAt(values: readonly (string | null)[], rows: Int32Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = values[row];
    if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** Mean and population deviation; a column of one value keeps its scale. */
function standardisation(values: Float64Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  const deviation = Math.sqrt(variance);
  // Rounding gives equal values a deviation of a few units in the last place.
  const varies = deviation > 1e-12 * Math.abs(mean) && Number.isFinite(deviation);
  return { mean, deviation: varies ? deviation : 1 };
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The first by name of the commonest. */
function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  const [first] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

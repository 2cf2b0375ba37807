import type { Column, Table } from "../../data/table.ts";
import { UsageError } from "../../errors/errors.ts";
import type { Recipe, Task } from "../../spec/spec.ts";
import { numbersOf, textsOf } from "../../tensorflow/encode-features.ts";
import { shuffled } from "../seeded-random.ts";

/** Which rows are trained on and which only watch the loss, by their index in the table. */
export interface TrainingRows {
  fit: Int32Array;
  validation: Int32Array;
  /** Rows left out because they lack a target, or a feature under `drop-row`. */
  dropped: number;
}

/** A column of the table. @throws UsageError naming the columns that there are */
export function columnOf(table: Table, name: string, file: string): Column {
  const column = table.columns.find((other) => other.name === name);
  if (column) return column;
  const there = table.columns.slice(0, 20).map((other) => JSON.stringify(other.name));
  throw new UsageError(`${file} has no column ${JSON.stringify(name)}, which the recipe names; it has ${there.join(", ")}.`);
}

/**
 * Chooses the rows for training.
 * @param random decides which rows are held out
 * @throws UsageError when no rows are left
 */
export function chooseRows(table: Table, recipe: Recipe, task: Task, random: () => number): TrainingRows {
  const { features, missing, target, validation } = recipe;
  const required = [
    missingIn(columnOf(table, target, recipe.data), task === "regression", recipe.data),
    ...(missing.numeric === "drop-row"
      ? features.numeric.map((name) => missingIn(columnOf(table, name, recipe.data), true, recipe.data))
      : []),
    ...(missing.categorical === "drop-row"
      ? features.categorical.map((name) => missingIn(columnOf(table, name, recipe.data), false, recipe.data))
      : []),
  ];
  const complete = Int32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => !required.some((isMissing) => isMissing(row)),
  );
  const order = shuffled(complete, random);
  const held = Math.min(validation === 0 ? 0 : Math.max(1, Math.round(order.length * validation)), order.length);
  if (order.length - held < 1)
    throw new UsageError(
      `${recipe.data}: of ${table.rows} rows, ${order.length} can be used and ${held} are held out, so none is left to train on.`,
    );
  return { fit: order.slice(held).sort(), validation: order.slice(0, held).sort(), dropped: table.rows - order.length };
}

function missingIn(column: Column, numeric: boolean, file: string): (row: number) => boolean {
  if (numeric) {
    const values = numbersOf(column, file);
    return (row) => !Number.isFinite(values[row]);
  }
  const values = textsOf(column);
  return (row) => values[row] === null;
}

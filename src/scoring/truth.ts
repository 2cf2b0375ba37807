import type { Column } from "../data/table.ts";
import { UsageError } from "../errors/errors.ts";
import type { Task } from "../spec/spec.ts";
import { indicatorsOf, splitLabels } from "./multilabel.ts";
import type { Truth } from "./predictions.ts";
import { completeTextOf, type DeclaredColumn, refuseRows, textOf } from "./test-column.ts";

/** One array of rows is kept for each. */
const maxLabels = 1_000;

/**
 * The truth of the test rows. Labels of `multilabel` tasks are written `red|round`, and an empty value is a row without any.
 * @throws UsageError when the target does not fit the task, or values are missing
 */
export function truthOf(column: Column, ids: readonly string[], task: Exclude<Task, "scored">, declared: DeclaredColumn): Truth {
  const target = `${declared.file}: the task is ${task}, but the target ${JSON.stringify(column.name)}`;
  if (task === "multilabel") {
    const rows = textOf(column).map((value) => splitLabels(value ?? ""));
    const classes = [...new Set(rows.flat())].sort();
    if (classes.length === 0) throw new UsageError(`${target} has no label in any row. Write a row's labels as red|round.`);
    if (classes.length > maxLabels)
      throw new UsageError(
        `${target} has ${classes.length} labels; at most ${maxLabels} can be evaluated. Keep the frequent ones.`,
      );
    return { kind: "multilabel", ids, classes, indicators: indicatorsOf(rows, classes) };
  }
  if (task !== "regression") {
    const labels = completeTextOf(textOf(column), declared);
    const distinct = new Set(labels).size;
    if (task === "binary" && distinct > 2)
      throw new UsageError(`${target} has ${distinct} labels. Declare task: multiclass, or mend the labels.`);
    return { kind: "classification", ids, labels };
  }
  if (column.kind === "text") throw new UsageError(`${target} is not numeric. Mend the values or declare another task.`);
  refuseRows(declared, "missing or infinite", column.values.length, (row) => !Number.isFinite(column.values[row]));
  return { kind: "regression", ids, values: column.values };
}

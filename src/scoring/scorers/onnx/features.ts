import { isWord } from "../../../data/number-text.ts";
import type { Column, Table } from "../../../data/table.ts";
import { quoted } from "../../../data/table-request.ts";
import { MissingDataError, UserCommandError } from "../../../errors/errors.ts";
import type { TestRows } from "../../scorer.ts";

/** The columns of these names, in this order. Never the target, which a model must not see. */
export function columnsOf({ name: file, table, targetColumn }: TestRows, names: readonly string[]): Column[] {
  if (targetColumn !== undefined && names.includes(targetColumn))
    throw new UserCommandError(`The model reads the target ${JSON.stringify(targetColumn)}. Train it without that column.`);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const missing = names.filter((name) => !byName.has(name));
  if (missing.length > 0)
    throw new MissingDataError(
      `${file} has no column ${quoted(missing)}, which the model reads; it has ${quoted(columnNames(table), 20)}.`,
    );
  return names.map((name) => byName.get(name)).filter((column) => column !== undefined);
}

function columnNames(table: Table): string[] {
  return table.columns.map(({ name }) => name);
}

/**
 * A column as numbers, NaN where missing; `true` and `false` in any case are 1 and 0.
 * @param file the test set as messages name it
 */
export function numbersOf(column: Column, file: string): Float64Array {
  if (column.kind === "number") return column.values;
  const { values } = column;
  return Float64Array.from(values, (value) => {
    if (value === null) return Number.NaN;
    const number = truth(value);
    if (number !== undefined) return number;
    const row = values.findIndex((other) => other !== null && truth(other) === undefined && isWord(other));
    throw new UserCommandError(
      `The model reads ${JSON.stringify(column.name)} as a number, but ${file} has text there${row === -1 ? "" : ` in row ${row + 1}`}. ` +
        "Declare the model's columns with evaluate.predict.features, or encode the column before training.",
    );
  });
}

function truth(value: string): number | undefined {
  const word = value.toLowerCase();
  return word === "true" ? 1 : word === "false" ? 0 : undefined;
}

/** A column as whole numbers. */
export function integersOf(column: Column, file: string): Float64Array {
  const values = numbersOf(column, file);
  const bad = values.findIndex((value) => !Number.isSafeInteger(value));
  if (bad === -1) return values;
  throw new UserCommandError(
    `The model reads ${JSON.stringify(column.name)} as a whole number, but row ${bad + 1} of ${file} has none there. ` +
      "Export the model with a float input.",
  );
}

/** A column as texts; a missing value is the empty text. */
export function textsOf(column: Column): readonly string[] {
  if (column.kind === "text") return column.values.map((value) => value ?? "");
  return Array.from(column.values, (value) => (Number.isNaN(value) ? "" : String(value)));
}

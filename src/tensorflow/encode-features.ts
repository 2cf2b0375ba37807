import type { Column, Table } from "../data/table.ts";
import { MissingDataError } from "../errors/errors.ts";
import type { Preprocessing } from "./preprocessing.ts";

/** Rows of a table as a network's inputs. */
export interface FeatureEncoder {
  /** Number of inputs. */
  width: number;
  /** The given rows' inputs, one row after the other. */
  encode(rows: ArrayLike<number>): Float32Array;
}

/**
 * Prepares a table's columns for a network; see `preprocessing.ts` for the order of the inputs.
 * @throws MissingDataError when a column is not there, is text where numbers are expected, or lacks a value that nothing fills
 */
export function createFeatureEncoder(preprocessing: Preprocessing, table: Table): FeatureEncoder {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const writers = [
    ...preprocessing.numeric.map((feature) => numericWriter(feature, findColumn(columns, feature.name))),
    ...preprocessing.categorical.map((feature) => categoricalWriter(feature, findColumn(columns, feature.name))),
  ];
  const width = writers.reduce((sum, writer) => sum + writer.width, 0);
  return {
    width,
    encode(rows) {
      const inputs = new Float32Array(rows.length * width);
      for (let index = 0; index < rows.length; index++) {
        let offset = index * width;
        for (const writer of writers) {
          writer.write(inputs, offset, rows[index] ?? 0);
          offset += writer.width;
        }
      }
      return inputs;
    },
  };
}

interface Writer {
  width: number;
  write(inputs: Float32Array, offset: number, row: number): void;
}

function numericWriter({ name, fill, mean, deviation }: Preprocessing["numeric"][number], column: Column): Writer {
  const values = numbersOf(column);
  return {
    width: 1,
    write(inputs, offset, row) {
      const value = values[row] ?? Number.NaN;
      const known = Number.isFinite(value) ? value : fill;
      if (known === null)
        throw new MissingDataError(
          `Row ${row + 1} has no value in column ${JSON.stringify(name)}, and the model does not say what to put there. Fill it in, or have the model handle it.`,
        );
      inputs[offset] = (known - mean) / deviation;
    },
  };
}

function categoricalWriter({ categories, fill }: Preprocessing["categorical"][number], column: Column): Writer {
  const values = textsOf(column);
  const index = new Map(categories.map((category, at) => [category, at]));
  return {
    width: categories.length + 1,
    write(inputs, offset, row) {
      const value = values[row] ?? fill;
      inputs[offset + ((value === null ? undefined : index.get(value)) ?? categories.length)] = 1;
    },
  };
}

function findColumn(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (column) return column;
  const there = [...columns.keys()].slice(0, 20).map((other) => JSON.stringify(other));
  throw new MissingDataError(
    `The table has no column ${JSON.stringify(name)}, which the model needs; it has ${there.join(", ")}.`,
  );
}

/** A column's numbers; one without any value may have been read as text. */
export function numbersOf(column: Column): Float64Array {
  if (column.kind === "number") return column.values;
  const text = column.values.findIndex((value) => value !== null);
  if (text === -1) return new Float64Array(column.values.length).fill(Number.NaN);
  throw new MissingDataError(
    `Column ${JSON.stringify(column.name)} is declared as numeric, but row ${text + 1} or a later one holds text. Mend the values, or declare it as categorical.`,
  );
}

/** A column's values as text; null: missing. */
export function textsOf(column: Column): readonly (string | null)[] {
  return column.kind === "text"
    ? column.values
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

import { isWord } from "../data/number-text.ts";
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
 * @param file the table's file as messages name it
 * @throws MissingDataError when a column is not there, is text where numbers are expected, holds a number that float32 cannot
 * hold, or lacks a value that nothing fills
 */
export function createFeatureEncoder(preprocessing: Preprocessing, table: Table, file: string): FeatureEncoder {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const writers = [
    ...preprocessing.numeric.map((feature) => numericWriter(feature, findColumn(columns, feature.name, file), file)),
    ...preprocessing.categorical.map((feature) => categoricalWriter(feature, findColumn(columns, feature.name, file))),
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

function numericWriter({ name, fill, mean, deviation }: Preprocessing["numeric"][number], column: Column, file: string): Writer {
  const values = numbersOf(column, file);
  return {
    width: 1,
    write(inputs, offset, row) {
      const value = values[row] ?? Number.NaN;
      const known = Number.isFinite(value) ? value : fill;
      if (known === null)
        throw new MissingDataError(
          `${file}: row ${row + 1} has no value in column ${JSON.stringify(name)}, and the model does not say what to put there. Fill it in, or have the model handle it.`,
        );
      const input = (known - mean) / deviation;
      if (!fitsFloat32(input))
        throw new MissingDataError(
          `${file}: column ${JSON.stringify(name)} holds in row ${row + 1} a number so far from those trained on that it is, standardised, not a number that float32 can hold. Mend the value.`,
        );
      inputs[offset] = input;
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

function findColumn(columns: ReadonlyMap<string, Column>, name: string, file: string): Column {
  const column = columns.get(name);
  if (column) return column;
  const there = [...columns.keys()].slice(0, 20).map((other) => JSON.stringify(other));
  throw new MissingDataError(`${file} has no column ${JSON.stringify(name)}, which the model needs; it has ${there.join(", ")}.`);
}

/**
 * A column's numbers; one without any value may have been read as text.
 * @param file the table's file as messages name it
 * @throws MissingDataError when a value is text, or not a number that float32 can hold
 */
export function numbersOf(column: Column, file: string): Float64Array {
  const name = `${file}: column ${JSON.stringify(column.name)}`;
  if (column.kind === "number") {
    const large = column.values.findIndex((value) => !Number.isNaN(value) && !fitsFloat32(value));
    if (large === -1) return column.values;
    throw new MissingDataError(
      `${name} holds in row ${large + 1} not a number that float32 can hold (at most 3.4e38). Mend the value, or leave it empty if it is missing.`,
    );
  }
  if (column.values.every((value) => value === null)) return new Float64Array(column.values.length).fill(Number.NaN);
  const text = column.values.findIndex((value) => value !== null && isWord(value));
  // A Parquet file may declare numbers as text, and markers of missing values alone are text too.
  const where = text === -1 ? "the file has text there" : `row ${text + 1} holds text`;
  throw new MissingDataError(`${name} is declared as numeric, but ${where}. Mend the values, or declare it as categorical.`);
}

function fitsFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

/** A column's values as text; null: missing. */
export function textsOf(column: Column): readonly (string | null)[] {
  return column.kind === "text"
    ? column.values
    : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Table } from "../../src/data/table.ts";
import { MissingDataError } from "../../src/errors/errors.ts";
import { createFeatureEncoder } from "../../src/tensorflow/encode-features.ts";
import { formatPreprocessing, type Preprocessing, preprocessingSchema } from "../../src/tensorflow/preprocessing.ts";

const table: Table = {
  rows: 3,
  columns: [
    { kind: "text", name: "colour", values: ["red", null, "mauve"] },
    { kind: "number", name: "size", values: Float64Array.of(2, Number.NaN, 6) },
  ],
};
const preprocessing: Preprocessing = {
  schema: "assay.preprocessing/v1",
  numeric: [{ name: "size", fill: 4, mean: 4, deviation: 2 }],
  categorical: [{ name: "colour", categories: ["blue", "red"], fill: "blue" }],
  output: { kind: "classes", classes: ["a", "b"] },
};
const encodeAll = (features: Preprocessing, rows: Table) =>
  createFeatureEncoder(features, rows, "data/test.csv").encode(Int32Array.from({ length: rows.rows }, (_, row) => row));

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof MissingDataError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("a table as a network's inputs", () => {
  it("standardises, fills, and gives unseen categories an input of their own", () => {
    // size, then colour: blue, red, unseen
    expect([...encodeAll(preprocessing, table)]).toEqual([-1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it("counts a missing category as unseen when nothing fills it", () => {
    const unfilled = {
      ...preprocessing,
      numeric: [],
      categorical: [{ name: "colour", categories: ["blue", "red"], fill: null }],
    };
    expect([...encodeAll(unfilled, table)]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 1]);
  });

  it("names a column or a value that is not there", () => {
    const other = { ...preprocessing, numeric: [{ name: "weight", fill: 0, mean: 0, deviation: 1 }] };
    expect(() => encodeAll(other, table)).toThrow(
      'data/test.csv has no column "weight", which the model needs; it has "colour", "size".',
    );
    const unfilled = { ...preprocessing, numeric: [{ name: "size", fill: null, mean: 0, deviation: 1 }] };
    expect(() => encodeAll(unfilled, table)).toThrow(/^data\/test\.csv: row 2 has no value in column "size"/);
  });

  it.each([
    [
      "text",
      { kind: "text", values: ["1", null, "NA", "tall"] },
      /^data\/test\.csv: column "size" is declared as numeric, but row 4 holds text\./,
    ],
    [
      "text by the file's own word",
      { kind: "text", values: ["1", "2"] },
      /column "size" is declared as numeric, but the file has text there/,
    ],
    [
      "too large",
      { kind: "number", values: Float64Array.of(1, -1e300) },
      /^data\/test\.csv: column "size" holds in row 2 not a number that float32 can hold/,
    ],
    [
      "infinite",
      { kind: "number", values: Float64Array.of(Number.NaN, 1, Infinity) },
      /"size" holds in row 3 not a number that float32 can hold/,
    ],
  ] as const)("names the row of a number that is %s, and not its value", (_, column, message) => {
    const rows = column.values.length;
    const said = refusal(() =>
      encodeAll({ ...preprocessing, categorical: [] }, { rows, columns: [{ ...column, name: "size" }] }),
    );
    expect(said).toMatch(message);
    expect(said).not.toMatch(/tall|e\+?300|Infinity/);
  });

  it("names the row of a number that cannot be standardised", () => {
    const numeric = [{ name: "size", fill: 0, mean: 0, deviation: 1e-6 }];
    const far: Table = { rows: 2, columns: [{ kind: "number", name: "size", values: Float64Array.of(1, 1e36) }] };
    expect(() => encodeAll({ ...preprocessing, numeric, categorical: [] }, far)).toThrow(
      /"size" holds in row 2 a number so far from/,
    );
  });

  it("is the same after the preprocessing was written and read, for any table", () => {
    const number = fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e30, max: 1e30 });
    const label = fc.string({ maxLength: 5 });
    const columns = fc.record({
      sizes: fc.array(fc.oneof(number, fc.constant(Number.NaN)), { minLength: 5, maxLength: 5 }),
      colours: fc.array(fc.oneof(label, fc.constant(null)), { minLength: 5, maxLength: 5 }),
      fill: number,
      mean: number,
      deviation: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      categories: fc.uniqueArray(label, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(columns, ({ sizes, colours, fill, mean, deviation, categories }) => {
        const any: Table = {
          rows: 5,
          columns: [
            { kind: "number", name: "size", values: Float64Array.from(sizes) },
            { kind: "text", name: "colour", values: colours },
          ],
        };
        const features: Preprocessing = {
          schema: "assay.preprocessing/v1",
          numeric: [{ name: "size", fill, mean, deviation }],
          categorical: [{ name: "colour", categories, fill: categories[0] ?? null }],
          output: { kind: "number", mean, deviation },
        };
        const read = preprocessingSchema.parse(JSON.parse(formatPreprocessing(features)));
        const inputs = encodeAll(read, any);
        expect(inputs).toEqual(encodeAll(features, any));
        const width = categories.length + 2;
        for (let row = 0; row < 5; row++) {
          const encoded = [...inputs.subarray(row * width, (row + 1) * width)];
          const size = sizes[row] ?? Number.NaN;
          expect(encoded[0]).toBe(Math.fround(((Number.isNaN(size) ? fill : size) - mean) / deviation));
          // Exactly one category, and it is the row's.
          expect(encoded.slice(1).filter((value) => value === 1)).toHaveLength(1);
          const at = categories.indexOf(colours[row] ?? categories[0] ?? "");
          const known = colours[row] === null && categories.length === 0 ? -1 : at;
          expect(encoded.indexOf(1, 1) - 1).toBe(known === -1 ? categories.length : known);
        }
      }),
    );
  });
});

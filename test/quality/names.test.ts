import fc from "fast-check";
import { expect, it } from "vitest";
import { sqlText } from "../../src/data/duckdb.ts";
import { conditionSql } from "../../src/quality/row-condition.ts";
import { sqlColumn } from "../../src/quality/sql-table-of.ts";
import { type Columns, generator, inDuckDb, qualityOf } from "./tables.ts";

const random = generator(11);
const rows = 150;

/** Damaged in many ways, so that every query runs. */
const columns: Columns = {
  target: Array.from({ length: rows }, (_, row) => ["a", "b"][row % 2] ?? ""),
  leak: Array.from({ length: rows }, (_, row) => (row % 2) * 10 + (row < 10 ? 0 : random())),
  words: Array.from({ length: rows }, (_, row) => (row % 20 ? String(row % 7) : "?")),
  place: Array.from({ length: rows }, (_, row) => (row % 30 ? "BR" : "br ")),
  day: Array.from({ length: rows }, (_, row) => `2025-01-${String((row % 28) + 1).padStart(2, "0")}`),
};
const rules = (name: (column: string) => string) =>
  [
    { kind: "min", column: name("leak"), bound: 5 },
    { kind: "in", column: name("place"), values: ["BR"] },
    { kind: "unique", columns: [name("words"), name("place")] },
    { kind: "references", column: name("place"), other: "other", key: name("place") },
    { kind: "fresh", column: name("day"), days: 3 },
  ] as const;

async function withNames(name: (column: string) => string) {
  const renamed = (table: Columns) => Object.fromEntries(Object.entries(table).map(([column, cells]) => [name(column), cells]));
  const result = await qualityOf(renamed(columns), {
    target: name("target"),
    reference: renamed({ ...columns, place: columns.place?.map(() => "US") ?? [] }),
    test: renamed(columns),
    others: { other: renamed({ place: ["US"] }) },
    rules: rules(name),
  });
  return result.checks.map(({ severity, status, rows, examples }) => ({ severity, status, rows, examples }));
}

it("has the same result whatever columns are called", async () => {
  const expected = await withNames((column) => column);
  expect(expected.filter(({ status }) => status === "fail").length).toBeGreaterThan(8);
  const taken = ["number", "content", "first", "n", "label"];
  expect(await withNames((column) => taken[Object.keys(columns).indexOf(column)] ?? "")).toEqual(expected);
  const other = ["value", "previous", "low", "rows", "of"];
  expect(await withNames((column) => other[Object.keys(columns).indexOf(column)] ?? "")).toEqual(expected);
  const odd = [`'); DROP TABLE rows_here; --`, `a "quoted" one`, "SELECT", "größe\n√", "{}[]*?"];
  expect(await withNames((column) => odd[Object.keys(columns).indexOf(column)] ?? "")).toEqual(expected);
});

it("finds texts by what they are, whatever they hold", async () => {
  const text = fc
    .oneof(fc.string({ unit: "binary" }), fc.constantFrom("'", '"', "\\", "''; --", "%", "NULL", "\n", "é", "e\u0301"))
    .filter((value) => !value.includes("\0"));
  await inDuckDb(async (query) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 8 }),
        fc.array(text, { maxLength: 5 }),
        async (cells, values) => {
          const column = sqlColumn({ name: "it's", kind: "string", alias: "it's" }, "category");
          const from = `(SELECT nullif("it's", '') AS "it's" FROM (VALUES ${cells.map((cell) => `(${sqlText(cell)})`).join(", ")}) t("it's"))`;
          const count = async (is: "in" | "not-in") => {
            const [row] = await query(
              `SELECT count(*) AS n FROM ${from} WHERE ${conditionSql({ is, column: "it's", values }, column)}`,
            );
            return Number(row?.n);
          };
          const present = cells.filter((cell) => cell !== "");
          expect(await count("in")).toBe(present.filter((cell) => values.includes(cell)).length);
          expect(await count("not-in")).toBe(present.filter((cell) => !values.includes(cell)).length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

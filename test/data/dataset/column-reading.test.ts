import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBoolean } from "../../../src/data/column-type.ts";
import { readColumnAs, shortened, valueStates } from "../../../src/data/dataset/column-reading.ts";
import { openDuckDbSession } from "../../../src/data/dataset/duckdb-session.ts";
import { sqlText } from "../../../src/data/duckdb.ts";
import { isMissingMarker, parseNumber } from "../../../src/data/number-text.ts";
import { parseTime } from "../../../src/data/time-text.ts";
import { compareCodePoints, shortValue } from "../../../src/data/value-counts.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";

const numberParts = [
  "0",
  "1",
  "9",
  "00",
  "12345678901234567890",
  ".",
  "-",
  "+",
  "e",
  "E",
  "_",
  " ",
  "\t",
  "\n",
  "\v",
  "inf",
  "Infinity",
  "nan",
  "NaN",
  "x",
  "0x",
  "1e400",
  "d",
  "f",
  ",",
  "\u00a0",
  "\u3000",
  "(",
  "%",
  "true",
  "NA",
  "null",
  "None",
  "<na>",
  "n/a",
];
const numbers = fc.oneof(
  fc.array(fc.constantFrom(...numberParts), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  fc.double().map(String),
  fc
    .tuple(fc.bigInt(), fc.nat(), fc.integer({ min: -330, max: 330 }))
    .map(([whole, part, exponent]) => `${whole}.${part}e${exponent}`),
);
const two = (max: number) => fc.nat({ max }).map((value) => String(value).padStart(2, "0"));
const times = fc
  .record({
    year: fc.integer({ min: 1, max: 9_999 }).map((year) => String(year).padStart(4, "0")),
    month: two(13),
    day: two(32),
    between: fc.constantFrom("T", " ", "t", ""),
    clock: fc.oneof(
      fc.constant(""),
      fc.tuple(two(24), two(60)).map((parts) => parts.join(":")),
      fc.tuple(two(24), two(60), two(60)).map((parts) => parts.join(":")),
    ),
    fraction: fc.oneof(
      fc.constant(""),
      fc.nat({ max: 999_999_999 }).map((value) => `.${value}`),
    ),
    offset: fc.oneof(
      fc.constantFrom("", "Z", "z"),
      fc.tuple(fc.constantFrom("+", "-"), two(15), fc.constantFrom("", ":"), two(60)).map((parts) => parts.join("")),
      two(14).map((hours) => `+${hours}`),
    ),
  })
  .map(
    ({ year, month, day, between, clock, fraction, offset }) =>
      `${year}-${month}-${day}${clock ? `${between}${clock}${fraction}${offset}` : ""}`,
  );

/** The texts as DuckDB reads them by an expression over `c`. */
async function inDuckDb(texts: readonly string[], ...expressions: readonly string[]) {
  const session = await openDuckDbSession({ files: createNodeFiles(), readable: new Map(), seconds: 60, compress: false });
  try {
    await session.run("CREATE TABLE t (i VARCHAR, c VARCHAR)");
    await session.append("t", async (add) => texts.forEach((text, index) => void add([String(index), text])));
    return await session.rows(`SELECT ${expressions.join(", ")} FROM t ORDER BY CAST(i AS INTEGER)`);
  } finally {
    await session.close();
  }
}

describe("in DuckDB", () => {
  it("the same texts are numbers, and the same numbers, as in memory", async () => {
    const texts = [...new Set(fc.sample(numbers, { numRuns: 20_000, seed: 3 }))];
    const { value, state } = readColumnAs("number", "text", "c");
    const rows = await inDuckDb(texts, value, state ?? "");
    const differ = texts.filter((text, index) => {
      const [number, is] = rows[index] ?? [];
      const expected = parseNumber(text);
      const wanted =
        expected !== undefined ? valueStates.value : isMissingMarker(text) ? valueStates.marker : valueStates.mistyped;
      return is !== wanted || !Object.is(number ?? undefined, expected);
    });
    expect(differ).toEqual([]);
  });

  it("the same texts are times, and the same times, as in memory", async () => {
    const texts = [...new Set(fc.sample(times, { numRuns: 20_000, seed: 3 }))];
    const rows = await inDuckDb(texts, readColumnAs("time", "text", "c").value);
    const differ = texts.filter((text, index) => (rows[index]?.[0] ?? undefined) !== parseTime(text));
    expect(differ).toEqual([]);
    expect(rows.filter(([time]) => time !== null).length).toBeGreaterThan(2_000);
  });

  it("the same texts are booleans, are as long, are shortened, and are ordered as in memory", async () => {
    const any = fc.oneof(
      fc.constantFrom("true", "TRUE", "False", "yes", " true"),
      fc.string({ unit: "binary", maxLength: 5 }),
      fc.string({ minLength: 195, maxLength: 230, unit: "grapheme" }),
    );
    const texts = [...new Set(fc.sample(any, { numRuns: 800, seed: 3 }))].filter(
      (text) => text.isWellFormed() && !text.includes("\0"),
    );
    const rows = await inDuckDb(
      texts,
      readColumnAs("boolean", "text", "c").value,
      readColumnAs("text", "text", "c").value,
      shortened("c"),
      `row_number() OVER (ORDER BY c)`,
    );
    const sorted = texts.toSorted(compareCodePoints);
    const expected = texts.map((text) => [
      parseBoolean(text) ?? null,
      text === "" ? null : [...text].length,
      shortValue(text),
      sorted.indexOf(text) + 1,
    ]);
    expect(rows).toEqual(expected);
  });

  it("times that a file declares are taken to the millisecond", async () => {
    const literals = [
      "DATE '1969-12-31'",
      "TIMESTAMP '1969-12-31 23:59:59.9995'",
      "TIMESTAMPTZ '2024-01-01 00:00:00+02'",
      "TIMESTAMP_NS '2024-01-01 00:00:00.123456789'",
      "TIMESTAMP_S '2024-01-01 00:00:01'",
      "DATE 'infinity'",
      "TIMESTAMP '-infinity'",
    ];
    const values = literals.map((literal) => readColumnAs("time", "time", literal).value);
    expect((await inDuckDb(["x"], ...values))[0]).toEqual([
      -86_400_000,
      0,
      Date.UTC(2023, 11, 31, 22),
      Date.UTC(2024, 0, 1, 0, 0, 0, 123),
      Date.UTC(2024, 0, 1, 0, 0, 1),
      null,
      null,
    ]);
    expect(sqlText("it's")).toBe("'it''s'");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHeader } from "../../../src/data/csv.ts";
import { scanRecords } from "../../../src/data/csv-records.ts";
import { createCsvScanner } from "../../../src/data/dataset/csv-structure.ts";
import { UsageError } from "../../../src/errors/errors.ts";
import { useWorkspace } from "./workspace.ts";

/** Texts that look like CSV, and often are not quite. */
const almostCsv = fc
  .array(fc.constantFrom("a", "é", " ", ",", ",", "\n", "\n", "\r", "\r\n", '"', '""', '"x"', '"a,b"', '"\n"', ",\n", "1", ";"), {
    maxLength: 14,
  })
  .map((parts) => `a,b\n${parts.join("")}`);

/** Records by the reader of whole texts, or what it says against them. */
function strictRecords(text: string): { names: string[]; records: (string | null)[][]; lines: number[] } | string {
  try {
    const { names, separator, end } = readHeader(text, undefined, "a.csv");
    const records: (string | null)[][] = [];
    const lines: number[] = [];
    let fields: (string | null)[] = [];
    scanRecords(text, end, separator, "a.csv", {
      field: (_, value) => fields.push(value() || null),
      record(_, line) {
        records.push(fields);
        lines.push(line);
        fields = [];
        return "continue";
      },
    });
    return { names, records, lines };
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

function scan(text: string, fields: number, partBytes: number, record?: number) {
  const scanner = createCsvScanner({ file: "a.csv", delimiter: ",", fields, maxRecordBytes: 1_000, record });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += partBytes) scanner.feed(bytes.subarray(at, at + partBytes));
  return { ...scanner.finish(), line: scanner.line() };
}

describe("the structure of a CSV file", () => {
  it("is what the reader of whole texts finds, in pieces of any size", () => {
    fc.assert(
      fc.property(almostCsv, fc.integer({ min: 1, max: 9 }), fc.nat({ max: 3 }), (text, partBytes, record) => {
        const strict = strictRecords(text);
        if (typeof strict === "string") {
          expect(() => scan(text, 2, partBytes)).toThrow(strict);
          return;
        }
        const ragged = strict.records.findIndex((fields) => fields.length !== 2);
        if (ragged !== -1)
          expect(() => scan(text, 2, partBytes)).toThrow(`line ${strict.lines[ragged]} has ${strict.records[ragged]?.length}`);
        else
          expect(scan(text, 2, partBytes, record)).toMatchObject({ records: strict.records.length, line: strict.lines[record] });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("a CSV file in DuckDB", () => {
  const { write, open } = useWorkspace();

  it("holds what the reader of whole texts reads, or is refused as there", async () => {
    const texts = fc.sample(almostCsv, { numRuns: 400, seed: 7 });
    const good = texts.filter((text) => {
      const strict = strictRecords(text);
      return typeof strict !== "string" && strict.records.every((fields) => fields.length === 2);
    });
    expect(good.length).toBeGreaterThan(50);
    const sources = await Promise.all(
      good.map(
        async (text, index) =>
          [
            `t${index}`,
            {
              paths: [await write(`fuzz/${index}.csv`, text)],
              types: new Map([
                ["a", "category"],
                ["b", "category"],
              ] as const),
            },
          ] as const,
      ),
    );
    const datasets = await open(Object.fromEntries(sources));
    for (const [index, text] of good.entries()) {
      const strict = strictRecords(text);
      const { rows } = await datasets.query(`SELECT a, b FROM t${index} ORDER BY assay_row`);
      expect(rows, JSON.stringify(text)).toEqual(typeof strict === "string" ? strict : strict.records);
    }
  });
});

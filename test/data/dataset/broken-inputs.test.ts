import { readFile, stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseProfile, serializeProfile } from "../../../src/data/profile-schema.ts";
import { readTable } from "../../../src/data/read-table.ts";
import { useWorkspace } from "./workspace.ts";

const { path, write, openOne, open, duckDb } = useWorkspace();

describe("a table that is broken is refused with its file and line", () => {
  it.each<[string, string, string | Buffer, RegExp]>([
    [
      "wrong numbers of columns",
      "a.csv",
      "a,b\n1,2\n3\n\n4,5,6\n7,8\n9,\n1,2,\n",
      /^a\.csv: every line must have 2 fields, like the header, but line 3 has 1, line 5 has 3, line 8 has 3\. /,
    ],
    ["a quote that is never closed", "a.csv", 'a,b\n1,2\n3,"x\n4,5\n', /^a\.csv:3: a quoted value is never closed/],
    [
      "a quote that is never closed, with much behind it",
      "a.csv",
      `a,b\n1,2\n3,"x\n${"4,5\n".repeat(50_000)}`,
      /^a\.csv:3: a quoted value is not closed within 100000 bytes/,
    ],
    ["text after a closing quote", "a.csv", 'a,b\n"x\ny",2\n"x"y,2\n', /^a\.csv:4: text follows a closing quote/],
    [
      "commas where tabs should be",
      "a.tsv",
      "id,x,day\n1,2,3\n",
      /^a\.tsv:1: the first line has no tab, and "," between names\./,
    ],
    ["Excel's own first line", "a.csv", "sep=;\nid;x\n1;2\n", /^a\.csv:1: "sep=" is a line for Excel and no column\./],
    ["a line without end", "a.csv", `a,b\n1,2\n${"x".repeat(200_000)},2\n`, /^a\.csv:3: the line is longer than 100000 bytes/],
    ["no bytes", "a.csv", "", /^a\.csv is empty/],
    ["blank lines only", "a.csv", "\n\n", /^a\.csv holds nothing but blank lines/],
    ["two columns of one name", "a.csv", "a,b,a\n1,2,3\n", /^a\.csv: "a" names more than one column/],
    ["Latin-1", "a.csv", Buffer.from("a,b\n1,x\n2,caf\xe9\n", "latin1"), /^a\.csv:3: this line is not UTF-8/],
    ["UTF-16", "a.csv", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le"), /^a\.csv is not UTF-8 text: it looks like UTF-16/],
    ["a zero byte", "a.csv", `a,b\n${"1,x\n".repeat(2_000)}2,\0\n`, /^a\.csv:2002: there is a zero byte/],
    ["binary data", "a.csv", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /^a\.csv is not UTF-8 text: .*binary file/],
    [
      "gzip cut short",
      "a.csv.gz",
      gzipSync("a,b\n1,2\n".repeat(1_000)).subarray(0, 30),
      /^a\.csv\.gz is no complete gzip file: unexpected end of file/,
    ],
    ["no gzip", "a.csv.gz", "a,b\n1,2\n", /^a\.csv\.gz is no complete gzip file: incorrect header check/],
    ["JSON lines cut short", "a.jsonl", '{"a": 1}\n\n{"a": 2', /^a\.jsonl:3: this is not valid JSON, or it ends too early/],
    ["JSON lines that are no objects", "a.jsonl", '{"a": 1}\n\n[1]\n', /^a\.jsonl:3: an object such as .* was expected/],
    ["a name twice in an object", "a.jsonl", '{"a": 1}\n{"a": 1, "a": 2}\n', /^a\.jsonl:2: a name stands twice/],
    ["JSON with a byte order mark", "a.jsonl", '\uFEFF{"a": 1}\n', /^a\.jsonl:1: the file begins with a byte order mark/],
    [
      "JSON lines in Latin-1",
      "a.jsonl",
      Buffer.from('{"a": 1}\n{"a": "caf\xe9"}\n', "latin1"),
      /^a\.jsonl:2: this line is not UTF-8/,
    ],
    ["JSON cut short", "a.json", '[{"a": 1},\n{"a": 2', /^a\.json\S*: this is not valid JSON, or it ends too early/],
    ["JSON that is no array", "a.json", '{"a": 1}', /^a\.json must be an array of objects/],
    ["JSON without rows", "a.json", "[]", /holds no rows with columns/],
    ["no Parquet", "a.parquet", "a,b\n1,2\n", /^a\.parquet is no complete Parquet file: .*Write or fetch the file again\.$/],
    [
      "a Git LFS pointer",
      "a.parquet",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
      /Git LFS pointer.*git lfs pull/,
    ],
  ])("%s", async (_, name, content, message) => {
    await expect(openOne(await write(name, content), { limits: { recordBytes: 100_000 } })).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(message),
    });
  });

  it("Parquet cut short anywhere, or damaged, without the end of the process", async () => {
    await duckDb("COPY (SELECT i AS a, 'v' || i AS b FROM range(20000) t(i)) TO 'FOLDER/whole.parquet'");
    const bytes = await readFile(path("whole.parquet"));
    for (const length of [4, 8, 100, bytes.length / 2, bytes.length - 5, bytes.length - 1])
      await expect(openOne(await write("cut.parquet", bytes.subarray(0, length)))).rejects.toMatchObject({
        name: "UsageError",
        message: expect.stringMatching(/^cut\.parquet is no complete Parquet file: /),
      });
    for (const at of [10, 1_000, bytes.length / 2, bytes.length - 200, bytes.length - 40]) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xa5, at, at + 12);
      const profile = openOne(await write("damaged.parquet", damaged)).then((dataset) => dataset.profile());
      // What no checksum covers may be read as other values of the same type.
      await profile.then(
        ({ rows }) => expect(rows).toBe(20_000),
        (error) => expect(error).toMatchObject({ name: "UsageError", message: expect.stringContaining("damaged.parquet") }),
      );
    }
  });
});

it("what DuckDB says of data that it cannot read is not repeated: it quotes the data", async () => {
  await duckDb(
    `COPY (SELECT 'a"hidden' || i AS a FROM range(100) t(i)) TO 'FOLDER/latin1.parquet' (COMPRESSION uncompressed, PARQUET_VERSION v1)`,
  );
  const bytes = await readFile(path("latin1.parquet"));
  bytes.fill(0xfc, bytes.indexOf("hidden50") + 5, bytes.indexOf("hidden50") + 6);
  await write("latin1.parquet", bytes);
  const dataset = await openOne("latin1.parquet");
  const reads = [
    () => dataset.profile(),
    () => dataset.valueCounts("a"),
    () => readTable(path("latin1.parquet"), { name: "latin1.parquet" }),
  ];
  for (const read of reads) {
    const error: unknown = await read().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toMatch(/latin1\.parquet.*: Invalid Input Error\./);
    expect(String(error)).not.toContain("hidde");
  }
});

describe("a table that looks broken is read", () => {
  it("mixed types make a column of texts", async () => {
    const profile = await (await openOne(await write("mixed.csv", `a,b\n${"1,2020-01-01\n".repeat(3_000)}x,soon\n`))).profile();
    expect(profile.columns).toMatchObject([
      {
        type: "category",
        counts: {
          values: [
            { value: "1", count: 3_000 },
            { value: "x", count: 1 },
          ],
        },
      },
      {
        type: "category",
        counts: {
          values: [
            { value: "2020-01-01", count: 3_000 },
            { value: "soon", count: 1 },
          ],
        },
      },
    ]);
  });

  it("decimal commas make a column of texts, whose values stay as they are", async () => {
    const profile = await (await openOne(await write("commas.csv", "a;b\n1,5;2\n2,5;3\n"))).profile();
    expect(profile.columns).toMatchObject([
      { name: "a", type: "category", counts: { values: [{ value: "1,5" }, { value: "2,5" }] } },
      { name: "b", type: "number" },
    ]);
  });

  it("NaN is missing and Inf is infinite, in every format", async () => {
    await write("nan.csv", "a\n1\nNaN\nInf\n-inf\nNA\n");
    await write("nan.jsonl", '{"a": 1}\n{"a": NaN}\n{"a": Infinity}\n{"a": -Infinity}\n{"a": null}\n');
    await duckDb("COPY (SELECT unnest(['1', 'nan', 'inf', '-inf', NULL]::DOUBLE[]) AS a) TO 'FOLDER/nan.parquet'");
    for (const file of ["nan.csv", "nan.jsonl", "nan.parquet"]) {
      const { columns } = await (await openOne(file)).profile();
      expect(columns, file).toMatchObject([
        { type: "number", missing: 2, infinite: 2, distribution: { count: 1, mean: 1, std: 0 } },
      ]);
    }
  });

  it("a table without rows, and one without values", async () => {
    const none = await (await openOne(await write("header.csv", "a,b\n"))).profile();
    expect(none).toMatchObject({ rows: 0, columns: [{ type: "number", distribution: { count: 0 } }, {}] });
    const empty = await (await openOne(await write("empty.csv", "a,b\n,\n,\n"))).profile();
    expect(empty).toMatchObject({ rows: 2, columns: [{ missing: 2, distribution: { count: 0 } }, {}] });
    await duckDb("COPY (SELECT 1 AS a, 'x' AS b WHERE false) TO 'FOLDER/none.parquet'");
    const { rows, columns } = await (await openOne("none.parquet")).profile();
    expect({ rows, types: columns.map(({ type }) => type) }).toEqual({ rows: 0, types: ["number", "category"] });
  });

  it("5,000 columns", async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `x${index}`);
    const row = (seed: number) =>
      names.map((_, index) => (index % 10 === 0 ? `w${(index + seed) % 7}` : String((index * seed) % 101))).join(",");
    await write("wide.csv", `${names.join(",")}\n${Array.from({ length: 50 }, (_, index) => row(index)).join("\n")}\n`);
    const datasets = await open({ data: { paths: ["wide.csv"] } });
    const data = datasets.get("data");
    const profile = await data.profile();
    expect(profile.columns.map(({ type }) => type).filter((type) => type === "number")).toHaveLength(4_500);
    expect((await data.count(profile)).columns).toHaveLength(5_000);
    expect((await datasets.query("SELECT x4999 FROM data LIMIT 1")).rows).toEqual([[0]]);
    await expect(openOne("wide.csv", { limits: { columns: 4_999 } })).rejects.toThrow(/wide\.csv has 5000 columns; at most 4999/);
  });

  it("a column of a million distinct strings", async () => {
    await duckDb("COPY (SELECT md5(i::VARCHAR) AS id FROM range(1000000) t(i)) TO 'FOLDER/distinct.parquet'");
    const dataset = await openOne("distinct.parquet");
    expect((await dataset.profile()).columns).toMatchObject([
      { type: "text", distinct: 1_000_000, distribution: { knots: [32] } },
    ]);
    await expect(dataset.valueCounts("id")).resolves.toHaveProperty("size", 1_000_000);
    const declared = await openOne("distinct.parquet", { types: new Map([["id", "category"]]) });
    const profile = await declared.profile();
    expect(profile.columns).toMatchObject([{ counts: { others: { distinct: 999_000, count: 999_000 } } }]);
    const [column] = (await dataset.count(profile)).columns;
    expect(column).toMatchObject({ missing: 0, counts: { others: { distinct: 999_000, count: 999_000 } } });
  });

  it("categories with the character U+0000", async () => {
    const records = Array.from({ length: 40 }, (_, row) => JSON.stringify({ "a\0b": row % 2 ? "x\0'y" : "x" }));
    await write("zero.jsonl", `${records.join("\n")}\n`);
    const dataset = await openOne("zero.jsonl");
    const profile = parseProfile(serializeProfile(await dataset.profile()), "profile");
    expect(profile.columns).toMatchObject([
      { name: "a\0b", counts: { values: [{ value: "x" }, { value: "x\0'y", count: 20 }] } },
    ]);
    expect((await dataset.count(profile)).columns).toMatchObject([{ counts: { values: [20, 20], others: { count: 0 } } }]);
  });

  it("very long strings, which stand in a profile by their beginnings", async () => {
    await duckDb("COPY (SELECT repeat('x', 100000) || i % 3 AS long FROM range(300) t(i)) TO 'FOLDER/long.parquet'");
    const dataset = await openOne("long.parquet");
    const profile = await dataset.profile();
    expect(profile.columns).toMatchObject([
      { type: "category", counts: { values: [{ count: 100 }, { count: 100 }, { count: 100 }] } },
    ]);
    expect(serializeProfile(profile).length).toBeLessThan(1_500);
    expect((await dataset.count(profile)).columns).toMatchObject([{ counts: { values: [100, 100, 100], others: { count: 0 } } }]);
  });
});

describe("limits", () => {
  it("of rows, bytes, files and time are told", async () => {
    await write("rows/1.csv", "a\n1\n2\n");
    await write("rows/2.csv", "a\n3\n4\n");
    await expect(openOne("rows", { limits: { rows: 3 } })).rejects.toThrow(/data has more than 3 rows/);
    await expect(openOne("rows", { limits: { files: 1 } })).rejects.toThrow(/"rows" are 2 files; at most 1/);
    await expect(openOne("rows", { limits: { bytes: 10 } })).rejects.toThrow(/"rows" has .*; at most/);
    await expect(openOne("rows", { limits: { seconds: 0 } })).rejects.toThrow(/took longer than 0 seconds/);
    expect((await stat(path("rows/1.csv"))).size).toBe(6);
  });
});

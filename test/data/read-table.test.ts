import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDuckDb } from "../../src/data/duckdb.ts";
import { type ReadTableOptions, readTable } from "../../src/data/read-table.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-data-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: string | Uint8Array, options: ReadTableOptions = {}) {
  const path = join(folder, name);
  await writeFile(path, content);
  const table = await readTable(path, { name, ...options });
  return {
    rows: table.rows,
    columns: Object.fromEntries(
      table.columns.map((column) => [column.name, column.kind === "number" ? [...column.values] : column.values]),
    ),
  };
}

describe("a column is numeric when every value spells a number", () => {
  it.each([
    ["integers, decimals, exponents and blanks", ["1", "-2.5", "+3e2", " .5 ", "6."], [1, -2.5, 300, 0.5, 6]],
    ["missing values", ["1", "", "NaN", "NA", "n/a", "null", "None"], [1, ...Array(6).fill(Number.NaN)]],
    ["infinities", ["1", "inf", "-Infinity"], [1, Infinity, -Infinity]],
    ["nothing but empty values", ["", ""], [Number.NaN, Number.NaN]],
    ["a minus zero", ["-0"], [-0]],
  ])("%s", async (_, values, expected) => {
    const table = await read("a.csv", `a,b\n${values.map((value) => `${value},x`).join("\n")}\n`);
    expect(table.columns.a).toEqual(expected);
  });

  it.each([
    ["one word", ["1", "2", "red"]],
    ["hexadecimal", ["0x1F", "1"]],
    ["underscores", ["1_000", "1"]],
    ["decimal commas", ["1,5", "2"]],
    ["dates", ["2020-01-01"]],
    ["booleans", ["true", "false"]],
    ["nothing but NA, which is a country", ["NA", "NA"]],
    ["blanks", ["  ", "1"]],
  ])("else it is text as written: %s", async (_, values) => {
    const table = await read("a.csv", `a;b\n${values.map((value) => `${value};1`).join("\n")}\n`);
    expect(table.columns.a).toEqual(values);
  });

  it("unless it is asked for as text", async () => {
    const table = await read("a.csv", "id,label,x\n007,1.0,1\n1e3,true,\n", { text: ["id", "label"] });
    expect(table.columns).toEqual({ id: ["007", "1e3"], label: ["1.0", "true"], x: [1, Number.NaN] });
  });

  it("in text, only an empty value is missing", async () => {
    const table = await read("a.csv", 'a\tb\nNA\t1\n""\t2\n\t3\nnull\t4\n');
    expect(table.columns.a).toEqual(["NA", null, null, "null"]);
  });
});

describe("CSV", () => {
  it.each([
    ["LF, CRLF and CR mixed, and no line end at the end", "a,b\r\n1,x\n2,y\r3,z"],
    ["blank lines", "a,b\n\n1,x\n\r\n2,y\n\n3,z\n\n"],
    ["a byte order mark", "\uFEFFa,b\n1,x\n2,y\n3,z\n"],
    ["semicolons", "a;b\n1;x\n2;y\n3;z\n"],
    ["quotes", '"a","b"\n"1","x"\n"2",y\n3,"z"\n'],
  ])("reads %s", async (_, content) => {
    expect(await read("a.csv", content)).toEqual({ rows: 3, columns: { a: [1, 2, 3], b: ["x", "y", "z"] } });
  });

  it("reads quoted delimiters, line breaks and quotes", async () => {
    const table = await read("a.csv", 'a,"b ""c"", d"\n"x, y","one\r\ntwo"\n"say ""hi""",plain "quote"\n');
    expect(table.columns).toEqual({ a: ["x, y", 'say "hi"'], 'b "c", d': ["one\r\ntwo", 'plain "quote"'] });
  });

  it("keeps columns apart that differ in case, and takes a subset in the file's order", async () => {
    const table = await read("a.csv", "A,a,b\n1,2,3\n", { columns: ["b", "A"] });
    expect(table.columns).toEqual({ A: [1], b: [3] });
  });

  it("reads columns that turn out to be text late, from the first row on", async () => {
    const numbers = Array.from({ length: 5_000 }, (_, index) => `0${index}`);
    const table = await read("a.csv", `a,b\n${[...numbers, "x"].map((value) => `${value},1`).join("\n")}\n`);
    expect(table.columns.a).toEqual([...numbers, "x"]);
    expect(table.columns.b).toHaveLength(5_001);
  });

  it("reads back what was written, whatever it is", async () => {
    const cell = fc
      .oneof(fc.string({ unit: "binary" }), fc.constantFrom(",", '"', "\n", "\r\n", "1", "NA", " ", ";"))
      .filter(isWritable);
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), async (rows) => {
        const table = await read("p.csv", `a,b\n${rows.map((row) => `${row.map(quote).join(",")}\n`).join("")}`, {
          text: ["a", "b"],
        });
        expect(table.rows).toBe(rows.length);
        expect(table.columns.a).toEqual(rows.map(([text]) => text || null));
        expect(table.columns.b).toEqual(rows.map(([, text]) => text || null));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [
      "rows of other lengths",
      "a,b\n1,2\n3\n\n4,5,6\n7,8\n9,\n1,2,\n",
      /every line must have 2 fields, like the header, but line 3 has 1, line 5 has 3, line 8 has 3/,
    ],
    ["a quote that is never closed", 'a,b\n1,2\n3,"x\n4,5\n', /a\.csv:3: a quoted value is never closed/],
    ["text after a closing quote", 'a,b\n"x\ny",2\n"x"y,2\n', /a\.csv:4: text follows a closing quote/],
    ["two columns of one name", "a,b,a\n1,2,3\n", /"a" names more than one column/],
    ["no bytes", "", /a\.csv is empty/],
    ["blank lines only", "\n\n", /nothing but blank lines/],
    ["Latin-1", Buffer.from("a,b\n1,x\n2,caf\xe9\n", "latin1"), /a\.csv:3: this line is not UTF-8/],
    ["UTF-16", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le"), /not UTF-8 text: it looks like UTF-16/],
    ["binary data", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /binary file/],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
      /Git LFS pointer.*git lfs pull/,
    ],
    ["a DVC pointer", "outs:\n- md5: a304afb96060aad90176268345e10355\n  path: a.csv\n", /DVC pointer.*dvc pull/],
  ])("refuses %s", async (_, content, message) => {
    await expect(read("a.csv", content)).rejects.toMatchObject({ name: "UsageError", message: expect.stringMatching(message) });
  });

  it("counts the lines that it does not list", async () => {
    await expect(read("a.csv", `a,b\n${"1\n".repeat(9)}`)).rejects.toThrow(
      /line 2 has 1, .*line 6 has 1 and 4 more lines differ/,
    );
  });

  it("refuses more rows than allowed", async () => {
    await expect(read("a.csv", "a\n1\n2\n3\n", { maxRows: 2 })).rejects.toThrow(/more than 2 rows/);
    expect((await read("a.csv", "a\n1\n2\n", { maxRows: 2 })).rows).toBe(2);
  });

  it("says which columns there are when one is missing", async () => {
    await expect(read("a.csv", "a,B\n1,2\n", { columns: ["b"] })).rejects.toThrow(/no column "b"; it has "a", "B"/);
  });
});

describe("a file", () => {
  it("that is not there is named, with its pointer if there is one", async () => {
    await expect(readTable(join(folder, "none.csv"), { name: "data/none.csv" })).rejects.toThrow(
      /^data\/none\.csv: there is no such file/,
    );
    await writeFile(join(folder, "pulled.csv.dvc"), "outs:\n");
    await expect(readTable(join(folder, "pulled.csv"))).rejects.toThrow(
      /only its pointer pulled\.csv\.dvc\. Pull the data first: dvc pull/,
    );
  });

  it("that is a folder is refused", async () => {
    await mkdir(join(folder, "folder.csv"));
    await expect(readTable(join(folder, "folder.csv"))).rejects.toThrow(/is a folder/);
  });

  it("of another format is refused", async () => {
    await expect(read("a.xlsx", "a")).rejects.toThrow(/must end in \.csv, \.tsv, \.json, \.jsonl, \.ndjson, \.parquet; "\.xlsx"/);
  });
});

describe("JSON", () => {
  it("reads an array of objects; absent and null are missing", async () => {
    const table = await read("a.json", '[{"a": 1, "b": "x"}, {"b": null, "c": true}, {"a": 2.5, "c": {"d": [1]}}]');
    expect(table).toEqual({
      rows: 3,
      columns: { a: [1, Number.NaN, 2.5], b: ["x", null, null], c: [null, "true", '{"d":[1]}'] },
    });
  });

  it("reads one object a line", async () => {
    expect(await read("a.jsonl", '{"a": 1}\r\n\n{"a": 2}')).toEqual({ rows: 2, columns: { a: [1, 2] } });
  });

  it("keeps long ids whole", async () => {
    const table = await read("a.json", '[{"id": 12345678901234567890}, {"id": 12345678901234567891}]', { text: ["id"] });
    expect(table.columns.id).toEqual(["12345678901234567890", "12345678901234567891"]);
  });

  it.each([
    ["a.json", '[{"a": 1},', /a\.json\S*: this is not valid JSON/],
    ["a.json", '[{"a": 1},\n{"a": NaN}]', /a\.json\S*: this is not valid JSON.*null in JSON, not NaN/],
    ["a.json", '{"a": {"0": 1}}', /must be an array of objects/],
    ["a.json", "[1, 2]", /row 1: an object/],
    ["a.json", "[]", /no rows/],
    ["a.jsonl", '{"a": 1}\n\n{"a": 2', /a\.jsonl:3: this is not valid JSON/],
    ["a.jsonl", '{"a": 1}\n[1]\n', /line 2: an object/],
  ])("refuses %s with %s", async (name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({ name: "UsageError", message: expect.stringMatching(message) });
  });
});

describe("Parquet", () => {
  const fixture = join(import.meta.dirname, "fixtures", "types.parquet");

  it("is read by its declared types", async () => {
    const { columns, rows } = await readTable(fixture);
    expect(rows).toBe(3);
    expect(columns).toEqual([
      { kind: "text", name: "id", values: ["007", "1.0", "NA"] },
      { kind: "number", name: "integer", values: Float64Array.of(1, 0, 1) },
      { kind: "number", name: "double", values: Float64Array.of(0.1, Number.NaN, Infinity) },
      { kind: "number", name: "decimal", values: Float64Array.of(1.25, Number.NaN, -3) },
      { kind: "text", name: "boolean", values: ["true", "false", null] },
      { kind: "text", name: "text", values: ["NA", null, null] },
      { kind: "text", name: "day", values: ["2020-01-31", null, "1999-12-31"] },
      { kind: "number", name: "label", values: Float64Array.of(1, 2.5, 1e21) },
    ]);
  });

  it("gives numbers as text when asked, whole ones without a point", async () => {
    const { columns } = await readTable(fixture, { columns: ["integer", "label"], text: ["integer", "label"] });
    expect(columns.map(({ values }) => values)).toEqual([
      ["1", "0", "1"],
      ["1", "2.5", "1e+21"],
    ]);
  });

  it("is read from paths with patterns and with key=value folders", async () => {
    const strange = join(folder, "we[ird] *'?", "integer=9");
    await mkdir(strange, { recursive: true });
    await writeFile(join(strange, "x[1].parquet"), await readFile(fixture));
    expect((await readTable(join(strange, "x[1].parquet"))).columns).toEqual((await readTable(fixture)).columns);
  });

  it("is refused when it is cut off, and over a limit", async () => {
    const bytes = await readFile(fixture);
    for (const length of [8, 100, bytes.length - 5])
      await expect(read("cut.parquet", bytes.subarray(0, length))).rejects.toMatchObject({
        name: "UsageError",
        message: expect.stringMatching(/^cut\.parquet is no complete Parquet file: /),
      });
    await expect(readTable(fixture, { maxRows: 2 })).rejects.toThrow(/more than 2 rows/);
    await expect(readTable(fixture, { columns: ["ID"] })).rejects.toThrow(/no column "ID"/);
  });
});

describe("DuckDB", () => {
  it("can read the one file and nothing else", async () => {
    const path = join(folder, "one.csv");
    const other = join(folder, "other.csv");
    await writeFile(path, "a\n1\n");
    await writeFile(other, "a\n2\n");
    const run = (sql: string) => withDuckDb([path], async (connection) => (await connection.runAndReadAll(sql)).getRows());
    expect(await run(`SELECT a FROM read_csv('${path}')`)).toEqual([[1n]]);
    for (const sql of [
      `SELECT * FROM read_csv('${other}')`,
      "SELECT * FROM read_text('/etc/hostname')",
      `COPY (SELECT 1) TO '${join(folder, "written.csv")}'`,
      "INSTALL httpfs",
      "SET enable_external_access = true",
      "SET threads = 8",
    ])
      await expect(run(sql), sql).rejects.toThrow();
  });

  it("says how to get it where it cannot be loaded", async () => {
    const missing = () => Promise.reject(new Error("no such module"));
    await expect(withDuckDb(["a"], async () => 1, missing)).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(/@duckdb\/node-api, which could not be loaded for .*npm install @duckdb\/node-api/),
    });
  });
});

/** Text that UTF-8 can hold, and that a reader of text files takes. */
function isWritable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

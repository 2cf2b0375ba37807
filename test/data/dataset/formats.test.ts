import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { serializeProfile } from "../../../src/data/profile-schema.ts";
import { countTable, profileTable } from "../../../src/data/profile-values.ts";
import { readTable } from "../../../src/data/read-table.ts";
import { useWorkspace } from "./workspace.ts";

const { path, write, openOne, open, duckDb } = useWorkspace();

const csv = `number,flag,day,class,text,id
1,true,2024-01-01,red,${"x".repeat(10)},a1
-2.5,false,2024-02-29,green,"two, words",a2
NA,,2023-12-31,,"line
break",a3
inf,True,,red,é,a4
${Array.from({ length: 12 }, (_, index) => `${index % 3},true,2024-03-0${(index % 9) + 1},blue,text ${index},b${index}`).join("\n")}
`;
const records = rowsOf(csv);

function rowsOf(text: string): Record<string, unknown>[] {
  const [header = [], ...rows] = [...text.matchAll(/("[^"]*"|[^,\n]*)(,|\n)/g)].reduce<string[][]>(
    (lines, [, cell = "", end]) => {
      lines.at(-1)?.push(cell.replaceAll('"', ""));
      if (end === "\n") lines.push([]);
      return lines;
    },
    [[]],
  );
  return rows
    .filter((row) => row.length > 1)
    .map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] || null])));
}

describe("a dataset of any format has the profile of the table in memory", () => {
  const expected = async () => profileTable(await readTable(path(await write("plain.csv", csv))));

  it.each<[string, () => Promise<string | string[]>]>([
    ["CSV", async () => write("a.csv", csv)],
    ["CSV with semicolons", async () => write("semicolons.csv", csv.replaceAll(/,(?! words)/g, ";"))],
    ["TSV", async () => write("a.tsv", csv.replaceAll(/,(?! words)/g, "\t"))],
    ["CSV with a byte order mark", async () => write("bom.csv", `\uFEFF${csv}`)],
    ["CSV with CRLF", async () => write("crlf.csv", csv.replaceAll(/\n(?!break)/g, "\r\n"))],
    ["CSV with CR", async () => write("cr.csv", csv.replaceAll(/\n(?!break)/g, "\r"))],
    [
      "CSV with line ends of all kinds and blank lines",
      async () => write("mixed.csv", `\n\n${csv.replace("\n", "\r\n\r\n").replace("a1\n", "a1\r")}\n\n`),
    ],
    ["CSV without a last line end", async () => write("end.csv", csv.slice(0, -1))],
    ["gzipped CSV", async () => write("a.csv.gz", gzipSync(csv))],
    ["JSON", async () => write("a.json", JSON.stringify(records, null, 1))],
    ["JSON lines", async () => write("a.jsonl", `${records.map((row) => JSON.stringify(row)).join("\n\n")}\n`)],
    ["gzipped JSON lines", async () => write("a.ndjson.gz", gzipSync(records.map((row) => JSON.stringify(row)).join("\r\n")))],
    [
      "several files",
      async () => {
        const lines = records.map((row) => JSON.stringify(row));
        return [
          await write("parts/1.jsonl", lines.slice(0, 5).join("\n")),
          await write("parts/2.jsonl", lines.slice(5).join("\n")),
        ];
      },
    ],
    [
      "a glob",
      async () => {
        await write("glob/x/1.csv", `${csv.split("\n").slice(0, 8).join("\n")}\n`);
        await write("glob/x/2.csv", `${[csv.split("\n")[0], ...csv.split("\n").slice(8)].join("\n")}\n`);
        await write("glob/x/_temporary.csv", "none of it\n");
        return "glob/**/*.csv";
      },
    ],
    [
      "a glob that begins at the root of the file system",
      async () => {
        await write("elsewhere/1.csv", csv);
        return path("elsewhere/*.csv");
      },
    ],
    [
      "a folder of partitions",
      async () => {
        for (const row of records) {
          const { class: value, ...rest } = row;
          const folder = value === null ? "__HIVE_DEFAULT_PARTITION__" : encodeURIComponent(String(value));
          await write(`hive/class=${folder}/${String(row["id"])}.json`, JSON.stringify([rest]));
        }
        return "hive";
      },
    ],
    [
      "Parquet",
      async () => {
        await duckDb(`COPY (SELECT TRY_CAST(number AS DOUBLE) AS number, flag::BOOLEAN AS flag, day::DATE AS day, class, text, id
        FROM read_csv('FOLDER/a.csv', all_varchar = true)) TO 'FOLDER/a.parquet'`);
        return "a.parquet";
      },
    ],
    [
      "partitioned Parquet",
      async () => {
        await duckDb("COPY (FROM 'FOLDER/a.parquet') TO 'FOLDER/year=1' (FORMAT parquet, PARTITION_BY (class))");
        return "year=1";
      },
    ],
  ])("%s", async (_, make) => {
    const dataset = await openOne(await make());
    const profile = await dataset.profile();
    const inMemory = await expected();
    const byName = new Map(profile.columns.map((column) => [column.name, column]));
    expect({ ...profile, columns: inMemory.columns.map(({ name }) => byName.get(name)) }).toEqual(inMemory);
    const table = await readTable(path("plain.csv"));
    expect((await dataset.count(inMemory)).columns).toEqual(countTable(inMemory, table).columns);
  });
});

describe("several files", () => {
  it("may have their columns in another order, but not other columns", async () => {
    await write("order/1.csv", "a,b\n1,x\n");
    await write("order/2.csv", "b,a\ny,2\n");
    const dataset = await openOne("order");
    expect((await dataset.numbers("a")).values).toEqual(Float64Array.of(1, 2));
    await write("order/3.csv", "b,c\ny,2\n");
    await expect(openOne("order")).rejects.toThrow(
      /order\/3\.csv has other columns than order\/1\.csv: it lacks "a", it has "c" more/,
    );
  });

  it("of Parquet may have them in another order and of other types of numbers", async () => {
    await duckDb(
      "COPY (SELECT 1 AS a, 'x' AS b) TO 'FOLDER/p1.parquet'",
      "COPY (SELECT 'y' AS b, 2.75 AS a) TO 'FOLDER/p2.parquet'",
      "COPY (SELECT 'y' AS b) TO 'FOLDER/p3.parquet'",
    );
    const dataset = await openOne(["p1.parquet", "p2.parquet"]);
    expect((await dataset.numbers("a")).values).toEqual(Float64Array.of(1, 2.75));
    expect(await dataset.place(1)).toBe("p2.parquet, row 0 (from 0)");
    await expect(openOne(["p1.parquet", "p3.parquet"])).rejects.toThrow(
      /p3\.parquet has other columns than p1\.parquet: it lacks "a"/,
    );
    await expect(openOne(["p3.parquet", "p1.parquet"])).rejects.toThrow(
      /p1\.parquet has other columns than p3\.parquet: it has "a" more/,
    );
  });

  it("are of one format, lie in the same partitions, and are there", async () => {
    await write("f/a.csv", "a\n1\n");
    await write("f/a.json", '[{"a": 1}]');
    await expect(openOne("f")).rejects.toThrow(/different formats/);
    await write("g/k=1/a.csv", "a\n1\n");
    await write("g/a.csv", "a\n1\n");
    await expect(openOne("g")).rejects.toThrow(/partitions/);
    await expect(openOne("none/*.csv")).rejects.toThrow(/none\/\*\.csv: there is no data file/);
    await expect(openOne("none.csv")).rejects.toThrow(/none\.csv: there is no such file/);
    await expect(openOne("f/a.xlsx")).rejects.toThrow(/there is no such file/);
    await expect(openOne([])).rejects.toThrow(/No data was named/);
  });
});

describe("columns", () => {
  it("that differ in case alone, have no name or any name, are kept apart", async () => {
    await write("names.csv", '"A","a","","b ""c"" d","assay_row"\n1,2,3,4,5\n');
    const datasets = await open({ data: { paths: ["names.csv"] } });
    const data = datasets.get("data");
    expect(data.columns.map(({ sqlName }) => sqlName)).toEqual(["A", "a_2", "column", 'b "c" d', "assay_row_2"]);
    expect((await datasets.query("SELECT * FROM data")).rows).toEqual([[1, 2, 3, 4, 5, 0]]);
    await duckDb(`COPY (SELECT 1 AS "A", 2 AS a, 'x' AS "q""r", {'x': 1, 'y': [2]} AS s) TO 'FOLDER/names.parquet'`);
    const parquet = await openOne("names.parquet");
    expect(parquet.columns.map(({ name }) => name)).toEqual(["A", "a_1", 'q"r', "s"]);
    expect(await parquet.valueCounts("s")).toEqual(new Map([["{'x': 1, 'y': [2]}", 1]]));
  });

  it("are of the declared types, and a value that is not is named by its line", async () => {
    await write("typed.csv", 'a,zip,when\n"1\n",007,2024-01-01\n\n2,1e3,2024-01-02\nx,2,\n');
    const types = new Map([["zip", "category"] as const, ["when", "text"] as const]);
    const profile = await (await openOne("typed.csv", { types })).profile();
    expect(profile.columns).toMatchObject([
      { type: "category" },
      { type: "category", counts: { values: [{ value: "007" }, { value: "1e3" }, { value: "2" }] } },
      { type: "text", distinct: 2, missing: 1, distribution: { knots: [10] } },
    ]);
    const wrong = await openOne("typed.csv", { types: new Map([["a", "number"]]) });
    await expect(wrong.profile()).rejects.toThrow(
      /^typed\.csv:6: column "a" is declared as number, but this value and 0 more are not/,
    );
    const absent = await openOne("typed.csv", { types: new Map([["A", "number"]]) });
    expect(await absent.profile()).toEqual(await (await openOne("typed.csv")).profile());
  });

  it("give their numbers in the order of the rows, and whether they are integers", async () => {
    await write("numbers.csv", "a,b,c\n1,1.0,x\n,2,x\n-3,nan,inf\n");
    const data = await openOne("numbers.csv");
    expect(await data.numbers("a")).toEqual({ values: Float64Array.of(1, Number.NaN, -3), areIntegers: true });
    expect(await data.numbers("b")).toEqual({ values: Float64Array.of(1, 2, Number.NaN), areIntegers: false });
    await expect(data.numbers("B")).rejects.toThrow(/data has no column "B"; it has "a", "b", "c"/);
    expect(await data.valueCounts("c")).toEqual(
      new Map([
        ["x", 2],
        ["inf", 1],
      ]),
    );
  });
});

describe("profiles", () => {
  it("tell how far they are, column by column", async () => {
    const told: number[] = [];
    const dataset = await openOne(await write("progress.csv", csv));
    await dataset.profile({ onProgress: ({ done, of }) => told.push(done / of) });
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect([told[0], told.at(-1)]).toEqual([0, 1]);
    expect((await dataset.profile({ columns: new Set(["flag"]) })).columns.map(({ name }) => name)).toEqual(["flag"]);
  });

  it("are the same bytes whatever the order of the rows, the threads, the format, and where they were sorted", async () => {
    const rows = 101_000;
    await duckDb(
      `COPY (SELECT sqrt(-2 * ln(1 - u)) * cos(6 * v) AS normal, floor(u * 4) AS few, CASE WHEN v < 0.5 THEN 'nan'::DOUBLE ELSE u END AS gaps,
        CASE WHEN v < 0.1 THEN 'inf'::DOUBLE WHEN v > 0.9 THEN '-inf'::DOUBLE WHEN v > 0.5 THEN u END AS ends,
        'c' || floor(v * v * 1500)::INT AS many, md5(u::VARCHAR) AS id, u < 0.3 AS flag, TIMESTAMP '2020-01-01' + to_seconds((u * 1e8)::BIGINT) AS at
        FROM (SELECT hash(i) / 2.0 ** 64 AS u, hash(i + 0.5) / 2.0 ** 64 AS v FROM range(${rows}) t(i))) TO 'FOLDER/big.parquet'`,
      "COPY (FROM 'FOLDER/big.parquet' ORDER BY hash(id)) TO 'FOLDER/shuffled.parquet' (ROW_GROUP_SIZE 5000)",
      "COPY (FROM 'FOLDER/big.parquet' ORDER BY hash(id, 1)) TO 'FOLDER/shuffled.csv'",
    );
    const profiles = [];
    const counts = [];
    for (const [file, threads] of [
      ["big.parquet", 1],
      ["big.parquet", 4],
      ["shuffled.parquet", 3],
      ["shuffled.csv", 2],
    ] as const) {
      const dataset = await openOne(file, { threads });
      profiles.push(await dataset.profile());
      counts.push(await dataset.count(profiles[0] ?? (await dataset.profile())));
    }
    const [first, ...others] = profiles.map(serializeProfile);
    for (const other of others) expect(other === first).toBe(true);
    for (const other of counts) expect(other).toEqual(counts[0]);
    const inMemory = profileTable(await readTable(path("big.parquet")));
    expect(serializeProfile(inMemory) === first).toBe(true);
    expect(countTable(inMemory, await readTable(path("shuffled.csv")))).toEqual(counts[0]);
  });
});

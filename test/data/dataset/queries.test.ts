import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openDatasets } from "../../../src/data/dataset/open-datasets.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { useWorkspace } from "./workspace.ts";

const { path, write, open, duckDb } = useWorkspace();

describe("a query", () => {
  it("sees the datasets by their names, typed, with the rows' numbers", async () => {
    await write("train.csv", "id,price,day,ok\n1,2.5,2024-01-01,true\n2,nan,,false\n");
    await duckDb("COPY (SELECT 2 AS id, 'nan'::DOUBLE AS price) TO 'FOLDER/test.parquet'");
    const datasets = await open({ train: { paths: ["train.csv"] }, test: { paths: ["test.parquet"] } });
    expect(await datasets.query("SELECT *, typeof(day) AS type FROM train ORDER BY assay_row")).toEqual({
      columns: ["id", "price", "day", "ok", "assay_row", "type"],
      rows: [
        [1, 2.5, "2024-01-01 00:00:00", true, 0, "TIMESTAMP"],
        [2, null, null, false, 1, "TIMESTAMP"],
      ],
    });
    expect((await datasets.query("SELECT train.assay_row, test.price FROM train JOIN test USING (id);")).rows).toEqual([
      [1, null],
    ]);
  });

  it("can read nothing else, write nothing, and change no setting", async () => {
    const file = path(await write("one.csv", "a\n1\n"));
    await duckDb("COPY (SELECT 1 AS a) TO 'FOLDER/one.parquet'");
    await write("other.csv", "secret\n1\n");
    const datasets = await open({ data: { paths: ["one.csv"] }, more: { paths: ["one.parquet"] } });
    for (const sql of [
      `SELECT * FROM read_csv('${path("other.csv")}')`,
      `SELECT * FROM '${path("other.csv")}'`,
      "SELECT * FROM read_text('/etc/hostname')",
      "SELECT * FROM glob('/etc/*')",
      `COPY data TO '${path("written.csv")}'`,
      `COPY more TO '${path("one.parquet")}'`,
      `ATTACH '${path("x.duckdb")}' AS x`,
      "INSTALL httpfs",
      "SET enable_external_access = true",
      "RESET lock_configuration",
      "SET threads = 8",
      "DROP VIEW data",
      "CREATE TABLE t AS SELECT 1",
      "INSERT INTO data VALUES (1)",
      "CALL force_checkpoint()",
      "SELECT 1; SELECT 2",
      "SELECT 1; COPY data TO 'x'",
      "",
      "SELECT",
    ])
      await expect(datasets.query(sql), sql).rejects.toMatchObject({ name: "UsageError" });
    expect((await datasets.query("SELECT a FROM data")).rows).toEqual([[1]]);
    expect(await readdir(path("."))).not.toContain("written.csv");
    expect(file).toBe(path("one.csv"));
  });

  it("says what kind of error it is and no value, and ends when it takes too long or gives too much", async () => {
    const datasets = await open(
      { data: { paths: [await write("q.csv", "a\n1\n2\n")] } },
      { limits: { resultRows: 1, seconds: 2 } },
    );
    await expect(datasets.query("SELECT b FROM data")).rejects.toThrow(/^The query failed: Binder Error\.$/);
    await expect(datasets.query("SELECT CAST('secret' || a AS INTEGER) FROM data")).rejects.toThrow(
      /^The query failed: Conversion Error\.$/,
    );
    await expect(datasets.query("SELECT a FROM data")).rejects.toThrow(/more than 1 rows/);
    await expect(
      datasets.query("SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range <> b.range"),
    ).rejects.toThrow(/took longer than 2 seconds/);
    expect((await datasets.query("SELECT count(*) FROM data")).rows).toEqual([[2]]);
  });
});

describe("what was written on the way", () => {
  it("is gone after closing, and when opening fails", async () => {
    const folder = path("temporary");
    const files = createNodeFiles({ temporaryFolder: folder });
    await write("good.csv", "a\n1\n");
    await write("bad.csv", "a\n1,2\n");
    const source = (name: string) => new Map([["data", { folder: path("."), paths: [name] }]]);
    const datasets = await openDatasets(source("good.csv"), { files });
    expect(await readdir(folder)).toHaveLength(1);
    await datasets.close();
    await expect(openDatasets(source("bad.csv"), { files })).rejects.toThrow(/line 2 has 2/);
    expect(await readdir(folder)).toEqual([]);
  });
});

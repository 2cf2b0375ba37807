import { rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it, onTestFinished } from "vitest";
import { checkSources } from "../../src/flows/check-sources.ts";
import type { DataRule, RuleTerms } from "../../src/spec/data-rule.ts";
import { temporaryFolder } from "../cli/assay.ts";
import { files } from "../git/repository.ts";

it("goes by the types of a Parquet file, and by its whole numbers of any length", async () => {
  const folder = temporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT unnest(['01234', '1234', '99999']) AS zip, unnest([1.0, 2.0, NULL]::DOUBLE[]) AS n,
      unnest([1234567890123456789, 1234567890123456788, 1]::BIGINT[]) AS long) TO '${join(folder, "a.parquet")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const rule = (terms: RuleTerms): DataRule => ({
    ...{ position: { file: "assay.yml", line: 1, column: 1 }, severity: "error", table: undefined },
    ...terms,
  });
  const { result } = await checkSources(
    {
      table: { name: "a.parquet", source: { paths: ["a.parquet"], folder } },
      rules: [
        rule({ kind: "matches", column: "zip", pattern: "[0-9]{5}" }),
        rule({ kind: "matches", column: "n", pattern: "[0-9]" }),
        rule({ kind: "unique", columns: ["long"] }),
        rule({ kind: "in", column: "n", values: [1, "2"] }),
        rule({ kind: "in", column: "long", values: ["1234567890123456789", 1] }),
      ],
      ...{ folder, public: [], now: new Date(0) },
    },
    files,
  );
  const found = result.checks.filter(({ name }) => name.startsWith("rule."));
  expect(Object.fromEntries(found.map(({ name, examples }) => [name, examples]))).toEqual({
    "rule.zip.matches": [2],
    "rule.n.matches": [],
    "rule.long.unique": [],
    "rule.n.in": [],
    "rule.long.in": [2],
  });
});

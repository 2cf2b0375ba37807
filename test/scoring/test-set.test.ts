import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { readTestSet, type TestSetRequest } from "../../src/scoring/test-set.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-test-set-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string, request: Partial<TestSetRequest> = {}) {
  const path = join(folder, "test.csv");
  await writeFile(path, content);
  const files = createNodeFiles();
  return readTestSet({ path, name: "data/test.csv", task: "multiclass", id: undefined, target: "y", files, ...request });
}

it("keeps ids and labels exactly as written", async () => {
  const { truth, rows } = await read("case,x,y\n007,1,1.0\n7,2,1\n", { id: "case" });
  expect(truth).toEqual({ kind: "classification", ids: ["007", "7"], labels: ["1.0", "1"] });
  expect(rows).toMatchObject({ idColumn: "case", targetColumn: "y", table: { rows: 2 } });
});

it("calls rows by number and content, so that ids of another version of the file do not fit", async () => {
  const content = "x,y\n1,a\n2,b\n";
  const hex = createHash("sha256").update(content).digest("hex");
  const { truth, testSet } = await read(content);
  expect(truth.ids).toEqual([`1@${hex.slice(0, 12)}`, `2@${hex.slice(0, 12)}`]);
  expect(testSet).toEqual({ path: "data/test.csv", digest: `sha256:${hex}`, rows: 2 });
  expect((await read(`${content}3,c\n`)).truth.ids[0]).not.toBe(truth.ids[0]);
});

it("reads numbers for a regression", async () => {
  const { truth } = await read("x,y\n1,1.5\n2,-2\n", { task: "regression" });
  expect(truth).toMatchObject({ kind: "regression", values: Float64Array.of(1.5, -2) });
});

it("reads the labels of a multilabel row apart by |, and none where there is no value", async () => {
  const { truth } = await read("case,y\na,red|round\nb,\nc,  round | big|\n", { id: "case", task: "multilabel" });
  expect(truth).toEqual({
    ...{ kind: "multilabel", ids: ["a", "b", "c"], classes: ["big", "red", "round"] },
    indicators: [Uint8Array.of(0, 0, 1), Uint8Array.of(1, 0, 0), Uint8Array.of(1, 0, 1)],
  });
});

it("needs no truth for rows that are scored", async () => {
  const { truth, rows } = await read("case,question\na,why\nb,how\n", { id: "case", task: "scored", target: undefined });
  expect(truth).toEqual({ kind: "scored", ids: ["a", "b"] });
  expect(rows.targetColumn).toBeUndefined();
});

it.each([
  [
    "duplicate ids",
    "id,y\na,1\nb,1\na,2\nb,2\nc,3\n",
    { id: "id" },
    /"id" must name each row once, but 2 ids are there more than once: "a", "b"/,
  ],
  ["missing ids", "id,y\na,1\n,1\n", { id: "id" }, /the id "id" is missing in 1 row \(row 2,/],
  ["missing labels", "x,y\n1,\n2,a\n3,\n", {}, /the target "y" is missing in 2 rows \(row 1, 3,/],
  ["missing numbers", "x,y\n1,1\n2,NaN\n3,inf\n", { task: "regression" }, /missing or infinite in 2 rows \(row 2, 3,/],
  ["text as numbers", "x,y\n1,1\n2,red\n", { task: "regression" }, /the target "y" is not numeric/],
  ["three labels in a binary task", "x,y\n1,a\n2,b\n3,c\n", { task: "binary" }, /binary, but the target "y" has 3 labels/],
  ["no target", "x,z\n1,a\n", {}, /no column "y", which evaluate\.target names; it has "x", "z"/],
  ["no id", "x,y\n1,a\n", { id: "case" }, /no column "case", which evaluate\.id names/],
  ["no rows", "x,y\n", {}, /column names but no rows/],
  ["one column for both", "x,y\n1,a\n", { id: "y" }, /declared as both id and target/],
  ["a target that is the weight", "x,y\n1,1\n", { weight: "y" }, /declared as both target and weight/],
  ["no label at all", "x,y\n1,\n2,\n", { task: "multilabel" }, /multilabel, but the target "y" has no label in any row/],
  ["no target of a task that has one", "x,y\n1,a\n", { target: undefined }, /a multiclass task needs the column with the truth/],
] as const)("refuses %s", async (_, content, request, message) => {
  await expect(read(content, request)).rejects.toMatchObject({
    name: "UsageError",
    message: expect.stringMatching(new RegExp(`^data/test\\.csv.*${message.source}`)),
  });
});

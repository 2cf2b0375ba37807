import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { plainRows } from "../../src/scoring/predictions.ts";
import { readTestSet, type TestSetRequest } from "../../src/scoring/test-set.ts";

const files = createNodeFiles();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-row-design-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function design(content: string, request: Partial<TestSetRequest>) {
  const path = join(folder, "test.csv");
  await files.write(path, content);
  const asked = { path, name: "data/test.csv", task: "binary", id: undefined, target: "y", files } as const;
  return (await readTestSet({ ...asked, ...request })).design;
}

const slices = (...columns: string[]) => columns.map((column) => ({ column, minRows: 30 }));

describe("what is declared of the test rows", () => {
  it("is nothing unless it is declared", async () => {
    expect(await design("x,y\n1,a\n2,b\n", {})).toEqual(plainRows);
  });

  it("has weights as they are, 0 too", async () => {
    expect(await design("x,y,w\n1,a,0\n2,b,2.5\n", { weight: "w" })).toMatchObject({ weights: Float64Array.of(0, 2.5) });
  });

  it("tells groups apart by their text, so that 007 is not 7 and long numbers keep their last digits", async () => {
    const { group } = await design(["g,y", "007,a", "7,b", "90071992547409931,a", "007,b", "90071992547409930,a"].join("\n"), {
      group: "g",
    });
    expect(group).toEqual({ column: "g", of: Int32Array.of(0, 1, 2, 0, 3), groups: 4 });
  });

  it("has the rows of each value, and what is missing under the empty text", async () => {
    const { slices: found } = await design(
      ["country,size,y", "BR,1,a", "PT,NA,b", "BR,2,a", ",1,b", "BR,,a", "PT,1.0,b"].join("\n"),
      { slices: slices("country", "size") },
    );
    expect(found).toEqual([
      {
        ...{ column: "country", minRows: 30 },
        values: [
          { value: "BR", rows: Int32Array.of(0, 2, 4) },
          { value: "PT", rows: Int32Array.of(1, 5) },
          { value: "", rows: Int32Array.of(3) },
        ],
      },
      {
        ...{ column: "size", minRows: 30 },
        values: [
          { value: "1", rows: Int32Array.of(0, 3) },
          { value: "", rows: Int32Array.of(1, 4) },
          { value: "2", rows: Int32Array.of(2) },
          { value: "1.0", rows: Int32Array.of(5) },
        ],
      },
    ]);
  });

  it("has all values, however many there are", async () => {
    const rows = Array.from({ length: 1_000 }, (_, city) => `city-${city},a\n`);
    const [found] = (await design(`city,y\n${rows.join("")}`, { slices: slices("city") })).slices;
    expect(found?.values).toHaveLength(1_000);
  });

  it("cuts values that are too long to be shown", async () => {
    const [found] = (await design(`note,y\n${"n".repeat(300)},a\n`, { slices: slices("note") })).slices;
    expect(found?.values.map(({ value }) => value)).toEqual([`${"n".repeat(199)}…`]);
  });

  it.each([
    ["a weight below 0", "x,y,w\n1,a,1\n2,b,-1\n", { weight: "w" }, /the weight "w" is negative in 1 row \(row 2,/],
    ["no weight", "x,y,w\n1,a,1\n2,b,\n", { weight: "w" }, /the weight "w" is missing or infinite in 1 row \(row 2,/],
    ["an infinite weight", "x,y,w\n1,a,inf\n2,b,1\n", { weight: "w" }, /the weight "w" is missing or infinite in 1 row \(row 1,/],
    ["weights that are all 0", "x,y,w\n1,a,0\n2,b,0\n", { weight: "w" }, /the weight "w" is 0 in every row/],
    ["text as weights", "x,y,w\n1,a,heavy\n2,b,1\n", { weight: "w" }, /the weight "w" is not numeric/],
    ["a row without a group", "x,y,g\n1,a,u\n2,b,\n", { group: "g" }, /the group "g" is missing in 1 row \(row 2,/],
    ["a group that is not there", "x,y\n1,a\n", { group: "g" }, /no column "g", which evaluate\.group names/],
    ["a slice that is not there", "x,y\n1,a\n", { slices: slices("g") }, /no column "g", which evaluate\.slices names/],
    [
      "numbers of many values as slices",
      `age,y\n${Array.from({ length: 51 }, (_, age) => `${age},a\n`).join("")}`,
      { slices: slices("age") },
      /the slices "age" are numbers with 51 different values; .*bins of it/,
    ],
  ])("refuses %s", async (_, content, request, message) => {
    await expect(design(content, request)).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(new RegExp(`^data/test\\.csv.*${message.source}`)),
    });
  });
});

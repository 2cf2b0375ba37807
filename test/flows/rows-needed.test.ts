import { describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { planRows } from "../../src/flows/rows-needed.ts";
import { samples } from "./sample-files.ts";

const files = createNodeFiles();
const plain = { lowerIsBetter: [], slices: [], minRows: 50 };

describe("planRows", () => {
  const options = {
    metric: "exact_match",
    limit: { margin: 0.02, relative: false },
    power: undefined,
    seedSd: undefined,
    rows: undefined,
  };

  it("takes a pilot of scores", async () => {
    const needed = await planRows({ ...options, disagreement: undefined, pilot: samples() }, plain, files);
    expect(needed).toMatchObject({ unit: "rows", basis: expect.stringContaining("noise is as in the pilot of 600 rows") });
    expect(needed).not.toHaveProperty("seedRows");
    expect(needed.needed.map(({ power }) => power)).toEqual([0.8, 0.9, 0.95]);
  });

  it("asks for two models", async () => {
    const [path = ""] = samples();
    await expect(planRows({ ...options, disagreement: undefined, pilot: [path] }, plain, files)).rejects.toThrow(
      "A pilot is two models; 1 were given. Several trainings of one are written seed1.csv,seed2.csv.",
    );
  });
});

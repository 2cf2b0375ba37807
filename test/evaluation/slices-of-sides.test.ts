import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { sliceSchema } from "../../src/evidence/evidence.ts";
import { type Predictions, plainRows, type RowDesign } from "../../src/scoring/predictions.ts";
import { createLabelled, createTruth } from "./create.ts";
import { classes, createScored, labels, request } from "./create-sides.ts";

describe("slices", () => {
  const of = (test: (row: number) => boolean) => Int32Array.from(labels.keys()).filter(test);
  const design: RowDesign = {
    ...plainRows,
    slices: [
      {
        column: "region",
        minRows: 50,
        values: [
          { value: "north", rows: of((row) => row < 350) },
          { value: "south", rows: of((row) => row >= 350 && row < 580) },
          { value: "", rows: of((row) => row >= 580) },
        ],
      },
      { column: "device", minRows: 10, values: [{ value: "phone", rows: of((row) => row % 2 === 0) }] },
    ],
  };

  it("say of each value what the same rows say alone", () => {
    const { slices = [], slicesMissing, slicesLeftOut } = evaluateModels({ ...request, design });
    for (const slice of slices) sliceSchema.parse(slice);
    expect(slices.map(({ value }) => value)).toEqual(["north", "phone", "south", ""]);
    const south = slices[2];
    const cut = ({ labels: texts, probabilities }: Predictions & { kind: "classification" }) =>
      createLabelled(texts.slice(350, 580), { classes, probabilities: probabilities.map((own) => own.slice(350, 580)) });
    const alone = evaluateModels({
      ...request,
      truth: createTruth(labels.slice(350, 580)),
      baseline: [cut(createScored(3, 1.3))],
      candidate: [cut(createScored(2))],
    });
    expect(south?.metrics).toEqual(alone.candidate?.metrics);
    expect(south?.comparisons).toEqual(alone.comparisons);
    expect(south?.flipped).toEqual({ better: alone.flipped?.better, worse: alone.flipped?.worse });
    expect([slicesMissing, slicesLeftOut]).toEqual([undefined, undefined]);
  });

  it("that are too small are listed and not judged", () => {
    const small = evaluateModels({ ...request, design }).slices?.at(-1);
    expect(small).toEqual({ column: "region", value: "", rows: 20, tooSmall: true, metrics: [], comparisons: [] });
  });

  it("end at 200, and how many more could be judged is data", () => {
    const values = Array.from({ length: 230 }, (_, i) => ({ value: `v${i}`, rows: of((row) => row % 230 === i) }));
    const many = evaluateModels({
      ...request,
      design: { ...plainRows, slices: [{ column: "id", minRows: 2, values }] },
    });
    expect(many.slices).toHaveLength(200);
    expect(many.slicesMissing).toEqual(["id: 30 values with the fewest rows, of 230; 30 values of 2 rows or more among them"]);
    expect(many.slicesLeftOut).toEqual([{ column: "id", values: 30, judgeable: 30 }]);
  });

  it("take their rows' groups and weights along", () => {
    const weights = Float64Array.from(labels, (_, row) => 1 + (row % 3));
    const group = { column: "user", of: Int32Array.from(labels, (_, row) => 299 - Math.floor(row / 2)), groups: 300 };
    const found = evaluateModels({ ...request, design: { ...design, weights, group } }).slices?.[2];
    expect(found?.comparisons[0]?.method).toBe("delta method over groups");
    expect(found?.comparisons[0]?.interval).toBeDefined();
    const zero = Float64Array.from(labels, (_, row) => (row < 350 ? 1 : 0));
    const { slices, slicesMissing } = evaluateModels({ ...request, design: { ...design, weights: zero } });
    expect(slices?.map(({ value }) => value)).toEqual(["north", "phone"]);
    expect(slicesMissing?.[0]).toBe("region: 2 values whose rows all weigh 0");
  });
});

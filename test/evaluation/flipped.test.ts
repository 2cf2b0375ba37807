import { describe, expect, it } from "vitest";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { flippedSchema } from "../../src/evidence/evidence.ts";
import type { Predictions } from "../../src/scoring/predictions.ts";
import { createLabelled, createNumbered, createTarget, createTruth } from "./create.ts";
import { labels, request, rows } from "./create-sides.ts";

describe("rows that flipped", () => {
  it("are counted both ways, with the first ids of each", () => {
    const truth = createTruth(["1", "1", "0", "0", "1"]);
    const { flipped } = evaluateModels({
      ...request,
      truth,
      baseline: [createLabelled(["1", "0", "0", "1", "0"])],
      candidate: [createLabelled(["0", "1", "0", "0", "0"])],
      metrics: ["accuracy"],
    });
    expect(flippedSchema.parse(flipped)).toEqual({
      better: 2,
      worse: 1,
      betterIds: ["row-1", "row-3"],
      worseIds: ["row-0"],
    });
  });

  it("name at most twenty ids", () => {
    const wrong = createLabelled(labels.map((label) => (label === "1" ? "0" : "1")));
    const { flipped } = evaluateModels({
      ...request,
      candidate: [wrong],
      baseline: [createLabelled(labels)],
      metrics: ["accuracy"],
    });
    expect(flipped).toMatchObject({ better: 0, worse: rows });
    expect(flipped?.worseIds).toHaveLength(20);
  });

  it("are none of numbers", () => {
    const given = { task: "regression" as const, truth: createTarget([1, 2, 3]), positive: undefined, metrics: [] };
    const found = evaluateModels({
      ...request,
      ...given,
      baseline: [createNumbered([1, 2, 3])],
      candidate: [createNumbered([3, 2, 1])],
    });
    expect(found.flipped).toBeUndefined();
  });

  it("of many labels a row ask for all of them", () => {
    const flags = (...rowsOf: number[][]) => [0, 1].map((label) => Uint8Array.from(rowsOf, (own) => own[label] ?? 0));
    const ids = ["x", "y", "z"];
    const make = (indicators: Uint8Array[]): Predictions => ({
      kind: "multilabel",
      ids,
      digest: createNumbered([]).digest,
      classes: ["a", "b"],
      indicators,
      probabilities: [],
    });
    const { flipped } = evaluateModels({
      ...request,
      task: "multilabel",
      truth: { kind: "multilabel", ids, classes: ["a", "b"], indicators: flags([1, 0], [0, 1], [1, 1]) },
      positive: undefined,
      metrics: [],
      baseline: [make(flags([1, 1], [0, 1], [0, 0]))],
      candidate: [make(flags([1, 0], [1, 1], [1, 0]))],
    });
    expect(flipped).toEqual({ better: 1, worse: 1, betterIds: ["x"], worseIds: ["y"] });
  });
});

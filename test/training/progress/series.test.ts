import { describe, expect, it } from "vitest";
import { trainingSchema } from "../../../src/evidence/evidence.ts";
import { createSeries } from "../../../src/training/progress/series.ts";

describe("numbers from files", () => {
  it("stand where they belong, each quantity at steps of its own", () => {
    const series = createSeries();
    for (const [name, step, value] of [
      ["b", 3, 1],
      ["a", 1, 2],
      ["b", 1, 3],
      ["a", 1, 4],
      ["a", 2, Number.NaN],
    ] as const)
      series.add(name, step, value);
    expect(series.history()).toEqual({
      history: { b: [3, 1], a: [4, null] },
      historyAt: { unit: "step", at: [1, 3] },
    });
  });

  it("lose no quantity that is measured seldom, and fit evidence", () => {
    const series = createSeries();
    for (let step = 1; step <= 50_000; step++) {
      series.add("loss", step, step);
      if (step % 5_000 === 0) series.add("val/loss", step, step);
    }
    const kept = series.history();
    const at = kept?.historyAt.at ?? [];
    expect(at.length).toBeLessThanOrEqual(1_000);
    expect(kept?.history["val/loss"]?.filter((value) => value !== null)).toEqual(
      Array.from({ length: 10 }, (_, index) => (index + 1) * 5_000),
    );
    for (const values of Object.values(kept?.history ?? {})) expect(values).toHaveLength(at.length);
    expect(trainingSchema.shape.history.parse(kept?.history)).toEqual(kept?.history);
  });

  it("are of so many quantities at most, whose names are words", () => {
    const series = createSeries();
    for (let index = 0; index < 100; index++) series.add(`loss_${index}`, 1, 1);
    series.add("customer 4711", 1, 1);
    expect(Object.keys(series.history()?.history ?? {})).toHaveLength(50);
  });
});

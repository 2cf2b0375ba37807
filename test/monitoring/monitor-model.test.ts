import { describe, expect, it } from "vitest";
import { errorChanges } from "../../src/monitoring/error-changes.ts";
import { classesOf } from "../../src/monitoring/model-table.ts";
import { monitorModel } from "../../src/monitoring/monitor-model.ts";
import { windowsOf } from "../../src/monitoring/windows.ts";
import { worseMetrics } from "../../src/monitoring/worse-windows.ts";
import { createPredictions } from "./create-predictions.ts";

const positions = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);

function monitored(seed: number, { reference, rows, windows }: { reference: number; rows: number; windows: number }) {
  const tables = [createPredictions(2 * seed, reference), createPredictions(2 * seed + 1, rows)] as const;
  return monitorModel({
    ...{ task: "binary", metrics: ["accuracy", "f1", "roc_auc"], tolerance: 0, reference: tables[0], current: tables[1] },
    classes: classesOf(tables, { task: undefined, positive: undefined, scored: [], called: (name) => name }),
    windows: windowsOf(positions(rows), { number: windows }),
  });
}

describe("a model in use that did not change", () => {
  it.each([
    { reference: 1000, rows: 1000, windows: 10 },
    { reference: 500, rows: 2000, windows: 5 },
    { reference: 2000, rows: 400, windows: 4 },
  ])("has a window that is called other in 1 of 20 cases at most: $reference against $rows rows", (sizes) => {
    const runs = Array.from({ length: 60 }, (_, seed) => monitored(seed + 1, sizes));
    const isOther = ({ windows }: (typeof runs)[number]) =>
      windows.some(({ metrics }) =>
        metrics.some(({ fromReference }) => fromReference !== undefined && fromReference.verdict !== "same"),
      );
    // Two Monte Carlo errors above 3 of 60.
    expect(runs.filter(isOther).length).toBeLessThanOrEqual(6);
  });

  it("has few changes of its errors", () => {
    const runs = Array.from({ length: 20 }, (_, seed) => monitored(seed + 200, { reference: 1000, rows: 5000, windows: 2 }));
    expect(runs.filter((run) => run.errorChanges.length > 0).length).toBeLessThanOrEqual(2);
  });

  it("is estimated within three sampling errors nearly always", () => {
    const runs = Array.from({ length: 15 }, (_, seed) => monitored(seed + 300, { reference: 4000, rows: 4000, windows: 4 }));
    const accuracies = runs.flatMap(({ windows }) => windows.map(({ metrics }) => metrics[0]));
    const isOff = ({ value, estimated }: NonNullable<(typeof accuracies)[number]>) =>
      value === null || estimated === undefined || value < estimated.interval.low || value > estimated.interval.high;
    expect(accuracies.filter((accuracy) => accuracy === undefined || isOff(accuracy)).length).toBeLessThanOrEqual(2);
  });
});

describe("windows without labels of a model that did not change", () => {
  it("are not estimated to be worse, however few rows they have", () => {
    const sizes = [4, 4, 20, 100, 300, 1000];
    const worse = Array.from({ length: 30 }, (_, seed) => {
      const reference = createPredictions(2 * seed + 701, 1000);
      const said = createPredictions(2 * seed + 702, 1428);
      const current = { ...said, truth: said.truth.map(() => null) };
      const tables = [reference, current] as const;
      const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
      const windows = sizes.map((size, i) => ({
        name: `${i}`,
        rows: positions(size).map((row) => row + (starts[i] ?? 0)),
      }));
      const found = monitorModel({
        ...{ task: "binary", metrics: ["accuracy", "f1", "roc_auc"], tolerance: 0, reference, current, windows },
        classes: classesOf(tables, { task: undefined, positive: undefined, scored: [], called: (name) => name }),
      });
      return worseMetrics(found).length;
    });
    expect(worse.filter((count) => count > 0)).toEqual([]);
  });
});

describe("changes of errors", () => {
  it("says where they began, and what they were before and since", () => {
    const errors = Float64Array.from({ length: 3000 }, (_, row) =>
      row >= 1000 && row < 2000 ? Number(row % 2 === 0) : Number(row % 10 === 0),
    );
    const reference = Float64Array.from({ length: 1000 }, (_, row) => Number(row % 10 === 0));
    const changes = errorChanges(reference, errors);
    expect(changes.map(({ since }) => Math.round(since / 50) * 50)).toEqual([1000, 2000]);
    expect(changes[0]?.before).toBeCloseTo(0.1, 2);
    expect(changes[0]?.after).toBeCloseTo(0.5, 1);
    expect(errorChanges(reference, reference)).toEqual([]);
  });
});

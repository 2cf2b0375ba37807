import { describe, expect, it } from "vitest";
import { joinRows } from "../../src/evaluation/rows.ts";
import { metricNames } from "../../src/spec/metric-names.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { compareRows, evaluateModel, measureRows, multilabelled } from "./create.ts";

type Columns = readonly (readonly number[])[];

const names = metricNames("multilabel").filter((name) => !["roc_auc", "average_precision"].includes(name));

function join(truth: Columns, ...models: Columns[]) {
  const examples = models.map((predicted) => multilabelled({ truth, predicted }));
  const [first] = examples;
  if (first === undefined) throw new Error("No model.");
  const request = { task: "multilabel" as const, truth: first.truth, positive: undefined };
  return joinRows(
    request,
    examples.map(({ predictions }) => predictions),
  );
}

function compare(name: string, truth: Columns, baseline: Columns, candidate: Columns) {
  const [theirs, ours] = join(truth, baseline, candidate);
  if (theirs === undefined || ours === undefined) throw new Error("Two models were joined and fewer came back.");
  return compareRows(name, "multilabel", theirs, ours);
}

function measure(name: string, truth: Columns, predicted: Columns) {
  const [rows] = join(truth, predicted);
  if (rows === undefined) throw new Error("One model was joined and none came back.");
  return measureRows(name, "multilabel", rows);
}

/** Three labels, and two models that are wrong about one in five of them, half of it together; hard rows are so for every label. */
function createTables(rows: number, seed: number, wrong = 0.2) {
  const random = createRandom(seed);
  const tables = [0, 1, 2].map(() => [0.5, 0.4, 0.3].map(() => Array.from({ length: rows }, () => 0)));
  const [truth = [], baseline = [], candidate = []] = tables;
  for (let row = 0; row < rows; row++) {
    const chance = wrong * (random.uniform() < 0.3 ? 2.2 : 0.5);
    for (const [label, rate] of [0.5, 0.4, 0.3].entries()) {
      const own = random.uniform() < rate ? 1 : 0;
      const [shared, apart, isShared] = [random.uniform(), random.uniform(), random.uniform() < 0.5];
      for (const [column, value] of [
        [truth[label], own],
        [baseline[label], shared < chance ? 1 - own : own],
        [candidate[label], (isShared ? shared : apart) < chance ? 1 - own : own],
      ] as const)
        if (column) column[row] = value;
    }
  }
  return { truth, baseline, candidate };
}

describe("intervals of metrics of many labels", () => {
  it("surround the value and the change, and mirror when the models change places", () => {
    const { truth, baseline, candidate } = createTables(300, 1);
    for (const name of names) {
      const { value, interval } = measure(name, truth, candidate);
      expect(interval?.low, name).toBeLessThan(value ?? Number.NaN);
      expect(interval?.high, name).toBeGreaterThan(value ?? Number.NaN);
      const [forth, back] = [compare(name, truth, baseline, candidate), compare(name, truth, candidate, baseline)];
      expect(forth.interval?.low, name).toBeLessThan(forth.change ?? Number.NaN);
      expect(back.interval?.low, name).toBeCloseTo(-(forth.interval?.high ?? Number.NaN), 10);
      expect(compare(name, truth, baseline, baseline), name).toMatchObject({ change: 0, identical: true });
    }
  });

  it("are Tango's for rows that are right in all labels, which need no events", () => {
    const { truth, baseline } = createTables(40, 2);
    const better = baseline.map((column, label) => column.map((value, row) => (row < 20 ? (truth[label]?.[row] ?? 0) : value)));
    expect(compare("accuracy", truth, baseline, better)).toMatchObject({
      method: "Tango",
      interval: { low: expect.any(Number) },
    });
    expect(measure("accuracy", truth, truth)).toMatchObject({ value: 1, interval: { high: 1 }, method: "Wilson" });
  });

  it("cover no change, where there is none, and the value in about 95 of 100 tables", () => {
    const tables = 250;
    const large = createTables(100_000, 3);
    const truths = new Map(names.map((name) => [name, measure(name, large.truth, large.candidate).value ?? Number.NaN]));
    const missed = new Map<string, number>();
    const miss = (what: string) => missed.set(what, (missed.get(what) ?? 0) + 1);
    for (let table = 0; table < tables; table++) {
      const { truth, baseline, candidate } = createTables(250, 100 + table);
      for (const name of names) {
        const { interval } = compare(name, truth, baseline, candidate);
        if (!interval || interval.low > 0 || interval.high < 0) miss(`change of ${name}`);
        const value = measure(name, truth, candidate);
        const wanted = truths.get(name) ?? Number.NaN;
        if (!value.interval || value.interval.low > wanted || value.interval.high < wanted) miss(name);
      }
    }
    // Four standard errors of a share of 5% in 250 tables are 5.5%.
    for (const [what, count] of missed) expect(count / tables, what).toBeLessThan(0.105);
  });

  it("name the events that are missing", () => {
    const { truth, baseline, candidate } = createTables(300, 4);
    const rare = truth.map((column, label) => (label === 2 ? column.map((_, row) => (row < 5 ? 1 : 0)) : column));
    expect(measure("f1_macro", rare, rare).noIntervalBecause).toBe('needs 10 true positives of label "label-2", has 5');
    expect(compare("f1_micro", rare, rare, candidate).interval).toBeDefined();
    const nearly = baseline.map((column, label) =>
      label === 0 ? column.map((value, row) => (row < 9 ? 1 - value : value)) : column,
    );
    for (const name of ["f1_macro", "f1_micro", "f1_samples"])
      expect(compare(name, truth, baseline, nearly).noIntervalBecause, name).toMatch(
        /^needs 10 rows that the models label differently.*, has [\d.]+$/,
      );
    const few = (columns: Columns) => columns.map((column) => column.slice(0, 20));
    expect(compare("f1_samples", few(truth), few(baseline), few(candidate)).noIntervalBecause).toMatch(/^needs (10|30) rows/);
    expect(measure("hamming_loss", truth, truth).noIntervalBecause).toBe("needs 10 rows with a wrong label, has 0");
  });

  it("are not of no width where every row is right", () => {
    const { truth } = createTables(300, 5);
    for (const name of names.filter((each) => each !== "hamming_loss")) {
      const { value, interval } = measure(name, truth, truth);
      expect(value, name).toBe(1);
      expect(interval?.low, name).toBeLessThan(0.995);
    }
  });

  it("of the Hamming loss divide by the labels of the test set, whatever a model names", () => {
    const { truth, baseline } = createTables(200, 6);
    const { truth: test, predictions } = multilabelled({ truth, predicted: baseline });
    if (predictions.kind !== "multilabel") throw new Error("Made with many labels.");
    const unused = {
      ...predictions,
      classes: [...predictions.classes, "x"],
      indicators: [...predictions.indicators, new Uint8Array(200)],
    };
    const wrong = { ...unused, indicators: [...predictions.indicators, new Uint8Array(200).fill(1)] };
    const lossOf = (model: typeof predictions) =>
      evaluateModel({ task: "multilabel", truth: test, positive: undefined, metrics: ["hamming_loss"], predictions: model })
        .metrics[0]?.value ?? Number.NaN;
    expect(lossOf(unused)).toBe(lossOf(predictions));
    expect(lossOf(wrong)).toBeCloseTo(lossOf(predictions) + 1 / truth.length, 12);
  });
});

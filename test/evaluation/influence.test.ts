import { describe, expect, it } from "vitest";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import type { Metric } from "../../src/evaluation/metric.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import type { Task } from "../../src/spec/spec.ts";
import { mean } from "../../src/statistics/moments.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { metricTexts } from "./create.ts";

const count = 60;
const step = 1e-5;

function drawRows(task: Task, weights: Float64Array | undefined): Rows {
  const random = createRandom(task.length);
  const draw = (of: () => number) => Float64Array.from({ length: count }, of);
  const any = { count, weights };
  if (task === "regression") {
    const truth = draw(() => 5 + 3 * random.uniform());
    return { kind: "regression", ...any, truth, predicted: truth.map((value) => value + random.uniform() - 0.4) };
  }
  if (task === "scored") return { kind: "scored", ...any, scores: new Map([["grade", draw(() => random.uniform())]]) };
  if (task === "multilabel") {
    const labels = ["a", "b", "c"];
    const flags = () => Uint8Array.from({ length: count }, () => (random.uniform() < 0.4 ? 1 : 0));
    const truth = labels.map(flags);
    const near = (own: Uint8Array) => own.map((flag) => (random.uniform() < 0.25 ? 1 - flag : flag));
    const probabilities = truth.map((own) => draw(random.uniform).map((noise, row) => (2 * noise + (own[row] ?? 0)) / 3));
    return { kind: "multilabel", known: 3, ...any, labels, truth, predicted: truth.map(near), probabilities };
  }
  const labels = task === "binary" ? ["0", "1"] : ["0", "1", "2"];
  const truth = Int32Array.from({ length: count }, () => random.below(labels.length));
  // Scores repeat, so that there are ties.
  const raw = labels.map((_, label) =>
    draw(random.uniform).map((noise, row) => 0.1 + Math.round(8 * noise) / 8 + (truth[row] === label ? 0.6 : 0)),
  );
  const sums = draw(() => 0).map((_, row) => raw.reduce((total, column) => total + (column[row] ?? 0), 0));
  const probabilities = raw.map((column) => column.map((value, row) => value / (sums[row] ?? 1)));
  const best = (row: number) => labels.map((_, label) => probabilities[label]?.[row] ?? 0);
  const predicted = truth.map((_, row) => best(row).indexOf(Math.max(...best(row))));
  return {
    kind: "classification",
    task,
    ...any,
    labels,
    truth,
    predicted,
    positive: task === "binary" ? 1 : { undefinedBecause: "the task is not binary" },
    classes: labels,
    probabilities,
  };
}

/** Weight times derivative towards it times rows, by central differences through `measure`. */
function numerical(metric: Metric, rows: Rows, weights: Float64Array): Float64Array {
  const at = (row: number, weight: number) => {
    const measured = metric.measure({ ...rows, weights: weights.with(row, weight) });
    if ("undefinedBecause" in measured) throw new Error(measured.undefinedBecause);
    return measured.value;
  };
  return weights.map((weight, row) => (weight * count * (at(row, weight + step) - at(row, weight - step))) / (2 * step));
}

const random = createRandom(3);
const designs = {
  "with weights": Float64Array.from({ length: count }, () => 0.5 + random.uniform()),
  "without weights": undefined,
};

describe("influence is the weight times the derivative towards it, up to a constant", () => {
  for (const [design, weights] of Object.entries(designs)) {
    for (const task of ["binary", "multiclass", "multilabel", "regression", "scored"] as const) {
      const names = task === "scored" ? ["grade"] : metricTexts(task, 20);
      for (const name of names) {
        it(`${name} of ${task} ${design}`, () => {
          const metric = metricFor(name, task);
          if ("undefinedBecause" in metric) throw new Error(metric.undefinedBecause);
          const rows = drawRows(task, weights);
          // Order statistics and thresholds have no derivative on so few rows; their influence is an estimate.
          const ones = new Float64Array(count).fill(1);
          // What scikit-learn gives no weights has a value only without.
          if ("undefinedBecause" in metric.measure({ ...rows, weights: weights ?? ones })) return;
          if (!metric.influence || /median|max_error|recall_at_fpr|precision_at_k/.test(name)) return;
          const [ours, slow] = [metric.influence(rows), numerical(metric, rows, weights ?? ones)];
          const [centre, shift] = [mean(ours), mean(slow)];
          const scale = Math.max(...slow.map((value) => Math.abs(value - shift)));
          for (let row = 0; row < count; row++)
            expect(Math.abs((ours[row] ?? 0) - centre - ((slow[row] ?? 0) - shift)) / scale, `row ${row}`).toBeLessThan(1e-4);
        });
      }
    }
  }
});

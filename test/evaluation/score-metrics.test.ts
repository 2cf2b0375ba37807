import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findMetric } from "../../src/evaluation/metrics/index.ts";
import { meanScore } from "../../src/evaluation/metrics/mean-score.ts";
import { drawPictures } from "../../src/evaluation/pictures.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import { picturesSchema } from "../../src/evidence/evidence.ts";
import { factsOfMetric, metricNames } from "../../src/spec/metric-names.ts";
import type { Task } from "../../src/spec/spec.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { weighed } from "./create.ts";
import { generateBinary, generateMulticlass, generateRegression, generateWeights } from "./goldens/generator.ts";

const numbers = z.array(z.number());
const case_ = { name: z.string(), weights: numbers.optional(), expected: z.record(z.string(), z.number().nullable()) };
const calibration = z.array(z.array(z.tuple([z.number(), z.number()]))).optional();
const table = z.object({ rows: z.int(), seed: z.int(), steps: z.int().optional(), weighted: z.boolean() });
const golden = z
  .object({
    cases: z.array(
      z.union([
        z.object({ ...case_, task: z.enum(["binary", "multiclass", "multilabel", "regression"]), generated: table }),
        z.object({ ...case_, task: z.enum(["binary", "multiclass"]), truth: numbers, columns: z.array(numbers), calibration }),
        z.object({ ...case_, task: z.literal("multilabel"), labels: z.array(numbers), columns: z.array(numbers) }),
        z.object({ ...case_, task: z.literal("regression"), target: numbers, predicted: numbers }),
        z.object({ ...case_, task: z.literal("scored"), scores: numbers }),
      ]),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("goldens/score-metrics.json", import.meta.url), "utf8"))).cases;

const floats = (values: ArrayLike<number>) => Float64Array.from(values);

/** @param columns of probabilities; of a binary task that of the positive class alone */
function classified(
  task: Task,
  truth: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): Rows {
  const labels = Array.from({ length: Math.max(2, columns.length) }, (_, label) => String(label));
  return {
    kind: "classification",
    task,
    count: truth.length,
    weights: weights && floats(weights),
    labels,
    truth: Int32Array.from(truth),
    predicted: Int32Array.from(truth),
    positive: task === "binary" ? 1 : { undefinedBecause: "the task is not binary" },
    classes: columns.length === 1 ? ["1"] : labels,
    probabilities: columns.map(floats),
  };
}

function manyLabels(
  truth: readonly ArrayLike<number>[],
  columns: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): Rows {
  return {
    kind: "multilabel",
    count: columns[0]?.length ?? 0,
    weights: weights && floats(weights),
    labels: columns.map((_, label) => `label-${label}`),
    known: columns.length,
    truth: truth.map((flags) => Uint8Array.from(flags)),
    predicted: truth.map((flags) => Uint8Array.from(flags)),
    probabilities: columns.map(floats),
  };
}

function numbered(truth: ArrayLike<number>, predicted: ArrayLike<number>, weights?: ArrayLike<number>): Rows {
  const [targets, values] = [floats(truth), floats(predicted)];
  return { kind: "regression", count: truth.length, weights: weights && floats(weights), truth: targets, predicted: values };
}

function graded(scores: ArrayLike<number>, weights?: ArrayLike<number>): Rows {
  return {
    kind: "scored",
    count: scores.length,
    weights: weights && floats(weights),
    scores: new Map([["grade", floats(scores)]]),
  };
}

function rowsOf(example: (typeof golden)[number]): Rows {
  if ("generated" in example) return generate(example.task, example.generated);
  const { weights } = example;
  switch (example.task) {
    case "multilabel":
      return manyLabels(example.labels, example.columns, weights);
    case "regression":
      return numbered(example.target, example.predicted, weights);
    case "scored":
      return graded(example.scores, weights);
    default:
      return classified(example.task, example.truth, example.columns, weights);
  }
}

/** The large tables, by the generator that scikit-learn's script has too. */
function generate(task: Task, { rows, seed, steps = 0, weighted }: z.infer<typeof table>): Rows {
  const weights = weighted ? generateWeights(rows, seed) : undefined;
  if (task === "binary") {
    const { truth, candidate } = generateBinary(rows, seed, steps);
    return classified(task, truth, [candidate], weights);
  }
  if (task === "regression") {
    const { truth, predicted } = generateRegression(rows, seed);
    return numbered(truth, predicted, weights);
  }
  const { truth, columns } = generateMulticlass(rows, seed);
  if (task === "multiclass") return classified(task, truth, columns, weights);
  const flags = columns.map((_, label) => truth.map((own) => (own === label ? 1 : 0)));
  return manyLabels(flags, columns, weights);
}

function metricOf(text: string, task: Task) {
  const metric = task === "scored" ? meanScore(text, true) : findMetric(text, task);
  if (metric === undefined) throw new Error(`There is no ${text} of ${task}.`);
  return metric;
}

function valueOn(rows: Rows, text: string, task: Task): number | undefined {
  const measured = metricOf(text, task).measure(rows);
  return "value" in measured ? measured.value : undefined;
}

/** Equal to 1e-9, relative to what is greater than 1. */
const agrees = (value: number | undefined, wanted: number) =>
  value !== undefined && Math.abs(value - wanted) < 1e-9 * Math.max(1, Math.abs(wanted));

describe("metrics of scores and numbers are scikit-learn's to 1e-9, with weights too", () => {
  for (const example of golden) {
    it(`${example.task}: ${example.name}`, () => {
      const rows = weighed(rowsOf(example));
      for (const [text, wanted] of Object.entries(example.expected)) {
        const measured = metricOf(text, example.task).measure(rows);
        if (wanted === null) {
          expect(measured, text).toEqual({ undefinedBecause: expect.stringMatching(/\w/) });
        } else {
          const value = "value" in measured ? measured.value : undefined;
          expect(agrees(value, wanted), `${text} ${JSON.stringify(measured)} ${wanted}`).toBe(true);
          const off = 1e-8 * Math.max(1, Math.abs(wanted));
          for (const moved of [off, -off]) expect(agrees((value ?? 0) + moved, wanted), text).toBe(false);
        }
      }
      const pictures = picturesSchema.parse(drawPictures(rows));
      if ("calibration" in example && example.calibration) {
        expect(pictures.calibration?.length).toBe(example.calibration.length);
        for (const [curve, points] of example.calibration.entries()) {
          const drawn = pictures.calibration?.[curve]?.points ?? [];
          expect(drawn.length).toBe(points.length);
          for (const [i, [x, y]] of points.entries()) {
            expect(drawn[i]?.[0]).toBeCloseTo(x, 4);
            expect(drawn[i]?.[1]).toBeCloseTo(y, 4);
          }
        }
      }
    });
  }

  it("has every metric that is no label's with a value in several cases of each task", () => {
    for (const task of ["binary", "multiclass", "multilabel", "regression"] as const)
      for (const name of metricNames(task).filter((known) => factsOfMetric(known)?.needs !== "labels")) {
        const defined = golden.filter(
          (example) =>
            example.task === task &&
            Object.entries(example.expected).some(([text, value]) => text.split("=")[0] === name && value !== null),
        );
        expect(defined.length, `${name} of ${task}`).toBeGreaterThan(1);
      }
  });
});

const texts: Record<Task, readonly string[]> = {
  binary: ["roc_auc", "average_precision", "log_loss", "brier_score", "recall_at_fpr=0.3", "expected_calibration_error=5"],
  multiclass: [
    "roc_auc_ovr",
    "roc_auc_ovr_weighted",
    "average_precision",
    "log_loss",
    "brier_score",
    "expected_calibration_error",
  ],
  multilabel: ["roc_auc", "average_precision"],
  regression: [
    "mean_absolute_error",
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_percentage_error",
    "median_absolute_error",
    "r2",
    "smape",
    "max_error",
    "mean_pinball_loss=0.8",
  ],
  scored: ["grade"],
};

/** Rows with three bits of truth and scores in tenths, so that there are ties, with whole weights. */
const tables = fc.record({
  task: fc.constantFrom<Task>("binary", "multiclass", "multilabel", "regression", "scored"),
  rows: fc.array(
    fc.record({
      truth: fc.nat({ max: 7 }),
      scores: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
      weight: fc.integer({ min: 1, max: 8 }),
    }),
    { minLength: 12, maxLength: 40 },
  ),
});

type Table = (typeof tables extends fc.Arbitrary<infer T> ? T : never)["rows"];

function rowsOfTable(task: Task, rows: Table, weights?: readonly number[]): Rows {
  const scores = [0, 1, 2].map((column) => rows.map((row) => (row.scores[column] ?? 0) / 10));
  const [first = []] = scores;
  const truth = rows.map((row) => row.truth);
  if (task === "regression")
    return numbered(
      truth.map((value) => value - 2.5),
      first.map((score) => 8 * score - 2),
      weights,
    );
  if (task === "scored") return graded(first, weights);
  if (task === "multilabel")
    return manyLabels(
      [0, 1, 2].map((bit) => truth.map((bits) => (bits >> bit) & 1)),
      scores,
      weights,
    );
  if (task === "binary")
    return classified(
      task,
      truth.map((bits) => bits & 1),
      [first],
      weights,
    );
  const sums = rows.map((row) => (row.scores[0] + row.scores[1] + row.scores[2]) / 10);
  const columns = scores.map((column) => column.map((score, row) => score / (sums[row] ?? 1)));
  return classified(
    task,
    truth.map((value) => value % 3),
    columns,
    weights,
  );
}

function sameValues(task: Task, one: Rows, other: Rows, also: readonly string[] = []): void {
  for (const text of [...texts[task], ...also]) {
    const [value, again] = [valueOn(one, text, task), valueOn(other, text, task)];
    expect(value === undefined, text).toBe(again === undefined);
    if (value !== undefined) expect(agrees(again, value), `${text} ${again} ${value}`).toBe(true);
  }
}

describe("weights of rows", () => {
  it("say the same as rows that are there as often", () => {
    fc.assert(
      fc.property(tables, ({ task, rows }) => {
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const weights = rows.map(({ weight }) => weight);
        const also = task === "binary" ? ["precision_at_k=5", "precision_at_k=30"] : [];
        sameValues(task, rowsOfTable(task, rows, weights), rowsOfTable(task, repeated), also);
      }),
    );
  });

  it("of 0 say the same as rows that are not there", () => {
    fc.assert(
      fc.property(tables, ({ task, rows }) => {
        const weights = rows.map(({ weight }) => Math.max(0, weight - 3));
        fc.pre(weights.some((weight) => weight > 0));
        const kept = rows.filter((_, row) => (weights[row] ?? 0) > 0);
        fc.pre(kept.length > 1);
        sameValues(
          task,
          weighed(rowsOfTable(task, rows, weights)),
          rowsOfTable(
            task,
            kept,
            weights.filter((weight) => weight > 0),
          ),
        );
      }),
    );
  });

  it("count by their ratios alone, whatever the order of the rows", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(1e-6, 0.5, 3e5), ({ task, rows }, factor) => {
        const weights = rows.map(({ weight }) => weight);
        const turned = weights.toReversed().map((weight) => weight * factor);
        sameValues(task, rowsOfTable(task, rows, weights), rowsOfTable(task, rows.toReversed(), turned));
      }),
    );
  });

  it("are unknown to one vs one, which says so", () => {
    const rows = classified(
      "multiclass",
      [0, 1, 2, 0],
      [
        [0.4, 0.2, 0.3, 0.5],
        [0.3, 0.5, 0.3, 0.2],
        [0.3, 0.3, 0.4, 0.3],
      ],
      [1, 1, 1, 2],
    );
    for (const name of ["roc_auc_ovo", "roc_auc_ovo_weighted"])
      expect(metricOf(name, "multiclass").measure(rows)).toEqual({ undefinedBecause: "one vs one takes no weights of rows" });
  });
});

/** Those of which the influence is that of a smoothed density, or which have none. */
const isSmooth = (text: string) => !/median|max_error|at_fpr|at_k|calibration/.test(text);

describe("the influence of rows", () => {
  it("is what the value moves by when a row weighs a little more, and adds up to nothing", () => {
    fc.assert(
      fc.property(tables, fc.boolean(), ({ task, rows }, isWeighted) => {
        const weights = rows.map(({ weight }) => (isWeighted ? weight / 2 : 1));
        const given = rowsOfTable(task, rows, isWeighted ? weights : undefined);
        for (const text of texts[task].filter(isSmooth)) {
          if (valueOn(given, text, task) === undefined) continue;
          const influence = metricOf(text, task).influence?.(given) ?? new Float64Array();
          const size = Math.max(1, ...influence.map(Math.abs));
          expect(Math.abs(influence.reduce((sum, value) => sum + value, 0)), text).toBeLessThan(1e-9 * size * rows.length);
          for (const row of [0, rows.length - 1]) {
            const step = 1e-5;
            const shifted = (by: number) => weights.map((weight, at) => (at === row ? weight + by : weight));
            const at = (by: number) => valueOn(rowsOfTable(task, rows, shifted(by)), text, task) ?? Number.NaN;
            const wanted = (rows.length * (weights[row] ?? 0) * (at(step) - at(-step))) / (2 * step);
            expect(Math.abs((influence[row] ?? Number.NaN) - wanted) / size, `${text} of ${task}, row ${row}`).toBeLessThan(1e-5);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("adds up to nothing and does not depend on what all rows weigh", () => {
    const random = createRandom(5);
    const table = Array.from({ length: 300 }, () => {
      const score = () => 1 + random.below(9);
      return { truth: random.below(8), scores: [score(), score(), score()] as [number, number, number], weight: 1 };
    });
    for (const task of ["binary", "multiclass", "multilabel", "regression", "scored"] as const)
      for (const text of [...texts[task], ...(task === "binary" ? ["precision_at_k=40"] : [])]) {
        const metric = metricOf(text, task);
        if (metric.influence === undefined) continue;
        const half = text.startsWith("precision_at_k") ? metricOf("precision_at_k=20", task) : metric;
        const once = metric.influence(rowsOfTable(task, table));
        const lighter = half.influence?.(rowsOfTable(task, table, Array(300).fill(0.5)));
        expect(
          once.reduce((sum, value) => sum + value, 0),
          text,
        ).toBeCloseTo(0, 7);
        for (const [row, value] of once.entries()) expect(lighter?.[row], text).toBeCloseTo(value, 8);
      }
  });
});

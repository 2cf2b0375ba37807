import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findMetric } from "../../src/evaluation/metrics/index.ts";
import { joinRows, type Rows } from "../../src/evaluation/rows.ts";
import type { Predictions, Truth } from "../../src/scoring/predictions.ts";
import { metricFacts, metricNames } from "../../src/spec/metric-names.ts";
import type { Task } from "../../src/spec/spec.ts";
import { createLabelled, createTruth, labelled, multilabelled, weighed } from "./create.ts";
import { generateBinary, generateMulticlass, generateMultilabel, generateWeights } from "./goldens/generator.ts";

const numbers = z.array(z.number());
const expected = z.record(z.string(), z.number().nullable());
const table = { rows: z.int(), seed: z.int(), weighted: z.boolean() };
const golden = z
  .object({
    cases: z.array(
      z.union([
        z.object({
          name: z.string(),
          task: z.enum(["binary", "multiclass", "multilabel"]),
          generated: z.discriminatedUnion("by", [
            z.object({ by: z.literal("binary"), ...table, steps: z.int() }),
            z.object({ by: z.literal("multiclass"), ...table }),
            z.object({ by: z.literal("multilabel"), ...table, labels: z.int() }),
          ]),
          expected,
        }),
        z.object({
          name: z.string(),
          task: z.literal("multilabel"),
          columns: z.object({ truth: z.array(numbers), predicted: z.array(numbers) }),
          weights: numbers.optional(),
          expected,
        }),
        z.object({
          name: z.string(),
          task: z.enum(["binary", "multiclass"]),
          positive: z.string().optional(),
          truth: z.array(z.string()),
          predicted: z.array(z.string()),
          weights: numbers,
          expected,
        }),
      ]),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("goldens/label-metrics.json", import.meta.url), "utf8"))).cases;

function rowsOf(example: (typeof golden)[number]): Rows {
  if ("generated" in example) {
    const { rows, seed, weighted } = example.generated;
    return join(example.task, generate(example.generated), weighted ? generateWeights(rows, seed) : undefined);
  }
  const weights = example.weights && Float64Array.from(example.weights);
  return join(example.task, "columns" in example ? multilabelled(example.columns) : labelled(example), weights);
}

/** The large tables, by the generator that scikit-learn's script has too. */
function generate(how: Extract<(typeof golden)[number], { generated: unknown }>["generated"]) {
  if (how.by === "multilabel") return multilabelled(generateMultilabel(how.rows, how.seed, how.labels));
  if (how.by === "binary") {
    const { truth, candidate } = generateBinary(how.rows, how.seed, how.steps);
    const predicted = Array.from(candidate, (score) => (score > 0.5 ? "1" : "0"));
    return { truth: createTruth(Array.from(truth, String)), predictions: createLabelled(predicted), positive: "1" };
  }
  const { truth, columns } = generateMulticlass(how.rows, how.seed);
  const best = Array.from(truth, (_, row) => {
    const [a = 0, b = 0, c = 0] = columns.map((column) => column[row] ?? 0);
    return a >= b && a >= c ? "0" : b >= c ? "1" : "2";
  });
  return { truth: createTruth(Array.from(truth, String)), predictions: createLabelled(best) };
}

interface Example {
  truth: Truth;
  predictions: Predictions;
  positive?: string | undefined;
}

function join(task: Task, { truth, predictions, positive }: Example, weights?: Float64Array): Rows {
  const [rows] = joinRows({ task, truth, positive, weights }, [predictions]);
  if (rows === undefined) throw new Error("One model was joined and none came back.");
  return rows;
}

const namesOf = (task: Task) => metricNames(task).filter((name) => metricFacts[name].needs === "labels");

function metricOf(name: string, task: Task) {
  const metric = findMetric(name, task);
  if (metric?.influence === undefined) throw new Error(`${name} of ${task} has no influence.`);
  return { ...metric, influence: metric.influence };
}

function measuredValue(name: string, task: Task, rows: Rows): number | undefined {
  const measured = metricOf(name, task).measure(rows);
  return "value" in measured ? measured.value : undefined;
}

/** Equal to 1e-9. */
const agrees = (value: number | undefined, wanted: number) => value !== undefined && Math.abs(value - wanted) < 1e-9;

describe("metrics of labels are scikit-learn's to 1e-9, with weights and with any number of labels a row", () => {
  for (const example of golden) {
    it(`${example.task}: ${example.name}`, () => {
      expect(Object.keys(example.expected).sort()).toEqual(namesOf(example.task).toSorted());
      const rows = rowsOf(example);
      for (const [name, wanted] of Object.entries(example.expected)) {
        const measured = metricOf(name, example.task).measure(rows);
        if (wanted === null) {
          expect(measured, name).toEqual({ undefinedBecause: expect.stringMatching(/\w/) });
        } else {
          const value = "value" in measured ? measured.value : undefined;
          expect(agrees(value, wanted), `${name} ${JSON.stringify(measured)} ${wanted}`).toBe(true);
          for (const off of [1e-8, -1e-8]) expect(agrees((value ?? 0) + off, wanted), name).toBe(false);
        }
      }
    });
  }

  it("has every metric of labels with a value in several cases of each task", () => {
    for (const task of ["binary", "multiclass", "multilabel"] as const)
      for (const name of namesOf(task)) {
        const defined = golden.filter((example) => example.task === task && typeof example.expected[name] === "number");
        expect(defined.length, `${name} of ${task}`).toBeGreaterThan(4);
      }
  });
});

/** Rows whose three bits are labels, half of them predicted right, with whole weights. */
const tables = fc
  .record({
    task: fc.constantFrom("binary" as const, "multiclass" as const, "multilabel" as const),
    rows: fc.array(
      fc.record({
        truth: fc.nat({ max: 7 }),
        predicted: fc.nat({ max: 7 }),
        right: fc.boolean(),
        weight: fc.integer({ min: 1, max: 8 }),
      }),
      { minLength: 12, maxLength: 40 },
    ),
  })
  .map(({ task, rows }) => ({
    task,
    rows: rows.map(({ truth, predicted, right, weight }) => ({ truth, predicted: right ? truth : predicted, weight })),
  }));

type Table = (typeof tables extends fc.Arbitrary<infer T> ? T : never)["rows"];

function rowsOfTable(task: Task, rows: Table, weights?: readonly number[]): Rows {
  const joined = weights && Float64Array.from(weights);
  if (task === "multilabel") {
    const columns = (side: "truth" | "predicted") => [0, 1, 2].map((label) => rows.map((row) => (row[side] >> label) & 1));
    return join(task, multilabelled({ truth: columns("truth"), predicted: columns("predicted") }), joined);
  }
  const classes = task === "binary" ? 2 : 3;
  const labels = (side: "truth" | "predicted") => rows.map((row) => String(row[side] % classes));
  return join(task, labelled({ truth: labels("truth"), predicted: labels("predicted"), positive: "1" }), joined);
}

function sameValues(task: Task, one: Rows, other: Rows, digits: number): void {
  for (const name of namesOf(task)) {
    const [value, again] = [measuredValue(name, task, one), measuredValue(name, task, other)];
    expect(value === undefined, name).toBe(again === undefined);
    if (value !== undefined) expect(again, name).toBeCloseTo(value, digits);
  }
}

describe("weights of rows", () => {
  it("say the same as rows that are there as often", () => {
    fc.assert(
      fc.property(tables, ({ task, rows }) => {
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const weights = rows.map(({ weight }) => weight);
        sameValues(task, rowsOfTable(task, rows, weights), rowsOfTable(task, repeated), 10);
      }),
    );
  });

  it("of 0 say the same as rows that are not there", () => {
    fc.assert(
      fc.property(tables, ({ task, rows }) => {
        const weights = rows.map(({ weight }) => Math.max(0, weight - 3));
        fc.pre(weights.some((weight) => weight > 0));
        const kept = rows.filter((_, row) => (weights[row] ?? 0) > 0);
        const left = weights.filter((weight) => weight > 0);
        sameValues(task, weighed(rowsOfTable(task, rows, weights)), rowsOfTable(task, kept, left), 10);
      }),
    );
  });

  it("count by their ratios alone, whatever the order of the rows", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(1e-6, 0.5, 3e5), ({ task, rows }, factor) => {
        const weights = rows.map(({ weight }) => weight);
        const turned = rowsOfTable(
          task,
          rows.toReversed(),
          weights.toReversed().map((weight) => weight * factor),
        );
        sameValues(task, rowsOfTable(task, rows, weights), turned, 10);
      }),
    );
  });
});

describe("the influence of rows", () => {
  it("is what the value moves by when a row weighs a little more, and adds up to nothing", () => {
    fc.assert(
      fc.property(tables, fc.boolean(), ({ task, rows }, isWeighted) => {
        const weights = rows.map(({ weight }) => (isWeighted ? weight / 2 : 1));
        const given = rowsOfTable(task, rows, isWeighted ? weights : undefined);
        for (const name of namesOf(task)) {
          if (measuredValue(name, task, given) === undefined) continue;
          const influence = metricOf(name, task).influence(given);
          expect(
            influence.reduce((sum, value) => sum + value, 0),
            name,
          ).toBeCloseTo(0, 8);
          for (const row of [0, rows.length - 1]) {
            const shifted = (by: number) => weights.map((weight, at) => (at === row ? weight + by : weight));
            const step = 1e-5;
            const above = measuredValue(name, task, rowsOfTable(task, rows, shifted(step))) ?? Number.NaN;
            const below = measuredValue(name, task, rowsOfTable(task, rows, shifted(-step))) ?? Number.NaN;
            const wanted = (rows.length * (weights[row] ?? 0) * (above - below)) / (2 * step);
            expect(influence[row], `${name} of ${task}, row ${row}`).toBeCloseTo(wanted, 4);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on what all rows weigh", () => {
    const rows = Array.from({ length: 300 }, (_, row) => ({ truth: (row * 7) % 8, predicted: (row * row) % 8, weight: 1 }));
    for (const task of ["binary", "multiclass", "multilabel"] as const) {
      const [plain, weighted] = [rowsOfTable(task, rows), rowsOfTable(task, rows, Array(300).fill(2))];
      for (const name of namesOf(task)) {
        const { influence } = metricOf(name, task);
        if (measuredValue(name, task, plain) === undefined) continue;
        const [once, twice] = [influence(plain), influence(weighted)];
        for (const [row, value] of once.entries()) expect(twice[row], name).toBeCloseTo(value, 10);
      }
    }
  });
});

describe("zero divisions of many labels", () => {
  const why = (name: string, truth: number[][], predicted: number[][]) => {
    const measured = metricOf(name, "multilabel").measure(join("multilabel", multilabelled({ truth, predicted })));
    return "undefinedBecause" in measured ? measured.undefinedBecause : measured.value;
  };

  it("are said, and are never 0", () => {
    const [some, none] = [
      [1, 0],
      [0, 0],
    ];
    expect(why("precision_macro", [some, some], [some, none])).toBe('label "label-1" is never predicted');
    expect(why("recall_macro", [some, none], [some, some])).toBe('no row of the test set is of label "label-1"');
    expect(why("precision_micro", [some, some], [none, none])).toBe("the model gives no row a label");
    expect(why("recall_micro", [none, none], [some, none])).toBe("no row of the test set has a label");
    expect(why("f1_weighted", [none, none], [some, none])).toBe("no row of the test set has a label");
    expect(why("f1_micro", [none, none], [none, none])).toBe("no row has a label, neither in the test set nor predicted");
    expect(why("f1_macro", [none, none], [none, none])).toBe("no label is in the test set or predicted");
    expect(why("precision_samples", [some, some], [none, none])).toBe("the model gives no row a label");
    expect(why("accuracy", [[], []], [[], []])).toBe("there are no rows");
  });

  it("leave a row out of the mean of rows", () => {
    expect(why("recall_samples", [[1, 0, 0]], [[0, 0, 1]])).toBe(0);
    expect(
      why(
        "f1_samples",
        [
          [1, 0, 0],
          [1, 0, 0],
        ],
        [
          [1, 0, 0],
          [0, 0, 0],
        ],
      ),
    ).toBeCloseTo(2 / 3, 12);
  });
});

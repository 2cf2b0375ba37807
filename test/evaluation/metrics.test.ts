import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findMetric } from "../../src/evaluation/metrics/index.ts";
import { metricResultSchema, picturesSchema } from "../../src/evidence/evidence.ts";
import { defaultMetrics, metricFacts, metricNames } from "../../src/spec/metric-names.ts";
import { createLabelled, createNumbered, createTarget, createTruth, evaluateModel, labelled, numbered } from "./create.ts";
import { generateBinary, generateMulticlass, generateRegression } from "./goldens/generator.ts";

const folder = new URL("goldens/", import.meta.url);
const readGolden = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

const expected = z.record(z.string(), z.number().nullable());
const expectations = z.object({ cases: z.array(z.object({ expected })) });
const table = { rows: z.int(), seed: z.int() };
const golden = z
  .object({
    versions: z.record(z.string(), z.string()),
    cases: z.array(
      z.union([
        z.object({
          name: z.string(),
          task: z.enum(["binary", "multiclass", "regression"]),
          generated: z.discriminatedUnion("by", [
            z.object({ by: z.literal("binary"), ...table, steps: z.int() }),
            z.object({ by: z.literal("multiclass"), ...table }),
            z.object({ by: z.literal("regression"), ...table }),
          ]),
          expected,
        }),
        z.object({
          name: z.string(),
          task: z.literal("regression"),
          truth: z.array(z.number()),
          predicted: z.array(z.number()),
          expected,
        }),
        z.object({
          name: z.string(),
          task: z.enum(["binary", "multiclass"]),
          positive: z.string().optional(),
          truth: z.array(z.string()),
          predicted: z.array(z.string()),
          classes: z.array(z.string()),
          probabilities: z.array(z.array(z.number())),
          expected,
        }),
      ]),
    ),
  })
  .parse(readGolden("metrics.json")).cases;

/** Equal to 1e-9, relative to what is greater than 1. */
function agrees(value: number | null, wanted: number): boolean {
  return value !== null && Math.abs(value - wanted) < 1e-9 * Math.max(1, Math.abs(wanted));
}

function rowsOf(example: (typeof golden)[number]) {
  if ("generated" in example) return generate(example.generated);
  return example.task === "regression" ? numbered(example) : labelled(example);
}

/** The large tables, by the generator that scikit-learn's script has too. */
function generate(how: Extract<(typeof golden)[number], { generated: unknown }>["generated"]) {
  if (how.by === "regression") {
    const { truth, predicted } = generateRegression(how.rows, how.seed);
    return { truth: createTarget([...truth]), predictions: createNumbered([...predicted]), positive: undefined };
  }
  const names = ["0", "1", "2"];
  const nameOf = (label: number) => names[label] ?? "";
  if (how.by === "binary") {
    const { truth, candidate } = generateBinary(how.rows, how.seed, how.steps);
    const predicted = Array.from(candidate, (score) => nameOf(score > 0.5 ? 1 : 0));
    return {
      truth: createTruth(Array.from(truth, nameOf)),
      predictions: createLabelled(predicted, { classes: ["1"], probabilities: [candidate] }),
      positive: "1",
    };
  }
  const { truth, columns } = generateMulticlass(how.rows, how.seed);
  const [a = new Float64Array(), b = a, c = a] = columns;
  const best = Array.from(a, (first, row) => {
    const [second = 0, third = 0] = [b[row], c[row]];
    return nameOf(first >= second && first >= third ? 0 : second >= third ? 1 : 2);
  });
  return {
    truth: createTruth(Array.from(truth, nameOf)),
    predictions: createLabelled(best, { classes: names, probabilities: columns }),
    positive: undefined,
  };
}

describe("metrics of record are scikit-learn's to 1e-9", () => {
  for (const example of golden) {
    it(`${example.task}: ${example.name}`, () => {
      const names = Object.keys(example.expected);
      expect(metricNames(example.task)).toEqual(expect.arrayContaining(names));
      const rows = rowsOf(example);
      const { metrics, pictures } = evaluateModel({ task: example.task, positive: undefined, ...rows, metrics: names });
      for (const result of metrics) {
        const wanted = example.expected[result.metric];
        if (wanted === null || wanted === undefined) {
          expect(result, result.metric).toMatchObject({ value: null, undefinedBecause: expect.stringMatching(/\w/) });
        } else {
          expect(result.undefinedBecause, result.metric).toBeUndefined();
          expect(agrees(result.value, wanted), `${result.metric} ${result.value} ${wanted}`).toBe(true);
          expect(Boolean(result.interval) !== Boolean(result.noIntervalBecause), result.metric).toBe(true);
          if (result.interval) {
            expect(result.interval.low).toBeLessThanOrEqual(wanted);
            expect(result.interval.high).toBeGreaterThanOrEqual(wanted);
          }
        }
        metricResultSchema.parse(result);
      }
      picturesSchema.parse(pictures);
    });
  }
});

describe("the comparison with scikit-learn", () => {
  it("finds a metric that is off by 1e-8, whichever it is", () => {
    for (const { expected: wanted, name } of golden)
      for (const [metric, value] of Object.entries(wanted)) {
        if (value === null) continue;
        for (const off of [1e-8, -1e-8])
          expect(agrees(value + off * Math.max(1, Math.abs(value)), value), `${name}: ${metric}`).toBe(false);
      }
  });

  it("has every metric with a value in several cases", () => {
    const cases = readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .flatMap((file) => expectations.parse(readGolden(file)).cases);
    for (const metric of Object.keys(metricFacts)) {
      const defined = cases.filter(({ expected: wanted }) =>
        Object.entries(wanted).some(([text, value]) => text.split("=")[0] === metric && value !== null),
      );
      expect(defined.length, metric).toBeGreaterThan(2);
    }
  });
});

describe("registry", () => {
  it("implements every metric that it names", () => {
    for (const [name, facts] of Object.entries(metricFacts)) {
      const text = facts.argument && facts.argument.default === undefined ? `${name}=${facts.argument.least}` : name;
      for (const task of facts.tasks)
        expect(findMetric(text, task), `${text} of ${task}`).toMatchObject({ ...facts, name: text });
    }
    for (const name of ["acuracy", "toString", "recall_at_fpr", "accuracy=3", "r2", "accuracy"])
      expect(findMetric(name, name === "accuracy" ? "regression" : "binary"), name).toBeUndefined();
  });

  it("takes its defaults from the task's metrics", () => {
    for (const task of ["binary", "multiclass", "regression"] as const)
      for (const name of defaultMetrics(task)) expect(metricNames(task)).toContain(name);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { evaluateModel } from "../../src/evaluation/evaluate-model.ts";
import { metricFacts, metricNames } from "../../src/evaluation/metric-names.ts";
import { defaultMetrics, findMetric } from "../../src/evaluation/metrics/index.ts";
import { metricResultSchema, picturesSchema } from "../../src/evidence/evidence.ts";
import { labelled, numbered } from "./create.ts";

const expected = z.record(z.string(), z.number().nullable());
const golden = z
  .array(
    z.discriminatedUnion("task", [
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
  )
  .parse(JSON.parse(readFileSync(new URL("goldens/metrics.json", import.meta.url), "utf8")));

describe("metrics of record are scikit-learn's to 1e-9", () => {
  for (const example of golden) {
    it(`${example.task}: ${example.name}`, () => {
      const names = Object.keys(example.expected);
      expect([...names].sort()).toEqual([...metricNames(example.task)].sort());
      const rows = example.task === "regression" ? numbered(example) : labelled(example);
      const { metrics, pictures } = evaluateModel({ task: example.task, positive: undefined, ...rows, metrics: names });
      for (const result of metrics) {
        const wanted = example.expected[result.metric];
        if (wanted === null || wanted === undefined) {
          expect(result, result.metric).toMatchObject({ value: null, undefinedBecause: expect.stringMatching(/\w/) });
        } else {
          expect(result.undefinedBecause, result.metric).toBeUndefined();
          const tolerance = 1e-9 * Math.max(1, Math.abs(wanted));
          expect(Math.abs((result.value ?? Number.NaN) - wanted), `${result.metric} ${result.value} ${wanted}`).toBeLessThan(
            tolerance,
          );
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

describe("registry", () => {
  it("implements every metric that it names", () => {
    for (const [name, facts] of Object.entries(metricFacts)) expect(findMetric(name), name).toMatchObject({ name, ...facts });
    expect(findMetric("acuracy")).toBeUndefined();
    expect(findMetric("toString")).toBeUndefined();
  });

  it("takes its defaults from the task's metrics", () => {
    for (const task of ["binary", "multiclass", "regression"] as const)
      for (const name of defaultMetrics(task)) expect(metricNames(task)).toContain(name);
  });
});

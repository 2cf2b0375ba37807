import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Comparison, Evaluation } from "../../src/evidence/evidence.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { seedInterval } from "../../src/statistics/seed-interval.ts";
import { changeOf, createEvaluation, createScored, createSlice, judgeGate, position } from "./create-evaluation.ts";

const noWorse: Gate = { position, metric: "accuracy", kind: "no-worse-than", margin: 0.01 };

function noteOf(gate: Gate, comparison: Partial<Comparison>, rest: Partial<Evaluation> = {}): string | undefined {
  return judgeGate(gate, createEvaluation(comparison, {}, rest))[0]?.note;
}

/** Trainings of both sides, without a change of their mean, whose interval holds the variance between them. */
function trained(spread: number, rowError: number, trainings = 3, rest: Partial<Evaluation> = {}) {
  const values = Array.from({ length: trainings }, (_, i) => 0.9 + spread * (i - (trainings - 1) / 2));
  const seeds = Float64Array.from(values);
  const interval = seedInterval({ baseline: seeds, candidate: seeds, rowError });
  if (interval === undefined) throw new Error("too few seeds");
  const side = createScored({
    predictions: Array.from({ length: trainings }, () => createScored().predictions[0] ?? "sha256:"),
    metrics: [{ metric: "accuracy", value: 0.9, seeds: values }],
  });
  const comparison = changeOf(0, 0, { ...interval, seedVariance: true });
  return createEvaluation(comparison, {}, { candidate: side, baseline: { ...side, how: "kept" }, ...rest });
}

const noteOfTrained = (...of: Parameters<typeof trained>) => judgeGate(noWorse, trained(...of))[0]?.note;

describe("what would decide an inconclusive gate", () => {
  it("is rows, so many that nine of ten such test sets decide", () => {
    // √n ≥ (1.96 + 1.28) · σ / 0.01 with σ = 0.02 / 1.96 · √1,000: 10,935 rows.
    expect(noteOf(noWorse, changeOf(0))).toBe("needs about 10,000 more test rows");
  });

  it("is groups of rows where rows are not independent", () => {
    expect(noteOf(noWorse, changeOf(0), { group: { column: "patient", groups: 50 } })).toBe(
      "needs about 500 more groups of test rows",
    );
  });

  it("is seeds where the trainings differ more than the rows can tell", () => {
    expect(noteOfTrained(0.006, 0.0001)).toBe("needs about 6 more seeds a side; more test rows alone would not do");
  });

  it("is rows where the trainings are alike", () => {
    expect(noteOfTrained(0.0001, 0.006)).toMatch(/^needs about \d,?\d* more test rows; more seeds alone would not do$/);
  });

  it("is both where neither does alone", () => {
    expect(noteOfTrained(0.01, 0.006)).toBe("needs more seeds a side and more test rows");
  });

  it("is told of a relative gate as of the change itself", () => {
    const evaluation = trained(0.006, 0.0001);
    const [comparison] = evaluation.comparisons;
    const { low = 0, high = 0 } = comparison?.interval ?? {};
    const relative = { change: 0, interval: { low: low / 0.9, high: high / 0.9 } };
    const gate: Gate = { ...noWorse, relative: true, margin: 0.01 / 0.9 };
    const shares = { ...evaluation, comparisons: evaluation.comparisons.map((each) => ({ ...each, relative })) };
    expect(judgeGate(gate, shares)[0]?.note).toBe(judgeGate(noWorse, evaluation)[0]?.note);
  });

  it("is told of a slice by the trainings of the candidate, of a value without a guess", () => {
    const slice = createSlice("BR", changeOf(0, 0.02, { seedVariance: true, degreesOfFreedom: 5 }), {
      metrics: [{ metric: "accuracy", value: 0.9, seeds: [0.8999, 0.9, 0.9001] }],
    });
    const rest = { slices: [slice] };
    const gate: Gate = { ...noWorse, slice: { column: "country", value: "BR", worst: false } };
    expect(judgeGate(gate, trained(0.0001, 0.006, 3, rest))[0]?.note).toMatch(/more rows of the slice; more seeds alone/);

    const value = { metric: "accuracy", value: 0.9, seeds: [0.88, 0.9, 0.92], interval: { low: 0.86, high: 0.94 } };
    const limit: Gate = { position, metric: "accuracy", kind: "at-least", limit: 0.88 };
    const candidate = createScored({ metrics: [value] });
    expect(judgeGate(limit, createEvaluation({}, {}, { candidate }))[0]?.note).toBe("needs more seeds or more test rows");
  });

  it("never asks for less than one more, nor for what nobody has", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.03, noNaN: true }),
        fc.double({ min: 1e-6, max: 0.03, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        (spread, rowError, trainings) => {
          const evaluation = trained(spread, rowError, trainings);
          const [result] = judgeGate(noWorse, evaluation);
          if (result?.outcome !== "inconclusive") return;
          expect(result.note).toMatch(/^needs |^too close/);
          const numbers = [...result.note.matchAll(/[\d,]+(?= more)/g)].map(([text]) => Number(text.replaceAll(",", "")));
          for (const number of numbers) {
            expect(number).toBeGreaterThanOrEqual(1);
            expect(number).toBeLessThanOrEqual(1e10);
          }
        },
      ),
    );
  });
});

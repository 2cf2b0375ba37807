import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapPaired, preparePaired } from "../../src/statistics/paired-bootstrap.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createResampler } from "../../src/statistics/resampler.ts";
import { rocAuc } from "../../src/statistics/roc-auc.ts";

const row = fc.record({ positive: fc.nat(1), scores: fc.tuple(fc.nat(6), fc.nat(6)), labels: fc.tuple(fc.nat(1), fc.nat(1)) });
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function modelsOf(rows: readonly Row[]) {
  const model = (side: 0 | 1) => ({
    scores: Float64Array.from(rows, ({ scores }) => scores[side]),
    predicted: Uint8Array.from(rows, ({ labels }) => labels[side]),
  });
  return { positive: Uint8Array.from(rows, ({ positive }) => positive), baseline: model(0), candidate: model(1) };
}

/** The change on rows that are written out as often as they count. */
function changeOf(rows: readonly Row[]) {
  const { positive, baseline, candidate } = modelsOf(rows);
  const [theirs, ours] = [baseline, candidate].map(({ scores, predicted }) => {
    const is = (truth: number, label: number) => rows.filter((_, i) => positive[i] === truth && predicted[i] === label).length;
    return {
      rocAuc: rocAuc(scores, positive).auc,
      f1: (2 * is(1, 1)) / (2 * is(1, 1) + is(0, 1) + is(1, 0)),
      accuracy: (is(1, 1) + is(0, 0)) / rows.length,
    };
  });
  if (!theirs || !ours) throw new Error("Two models.");
  return { rocAuc: ours.rocAuc - theirs.rocAuc, f1: ours.f1 - theirs.f1, accuracy: ours.accuracy - theirs.accuracy };
}

describe("paired bootstrap", () => {
  it("gives on counted rows what the definitions give on rows written out, ties included", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.nat(3)), { minLength: 1, maxLength: 40 }), (drawn) => {
        const rows = drawn.map(([one]) => one);
        const { placeOf, changeOf: counted } = preparePaired(modelsOf(rows));
        const counts = new Uint8Array(rows.length);
        for (const [i, [, times]] of drawn.entries()) counts[placeOf[i] ?? 0] = times;
        const expected = changeOf(drawn.flatMap(([one, times]) => Array.from({ length: times }, () => one)));
        const found = counted(counts);
        for (const metric of ["rocAuc", "f1", "accuracy"] as const) {
          if (Number.isNaN(expected[metric])) expect(found[metric], metric).toBeNaN();
          else expect(found[metric], metric).toBeCloseTo(expected[metric], 12);
        }
      }),
    );
  });

  it("is the same each time and holds the change of a model that is better", () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 500 }, (): Row => {
      const positive = random.uniform() < 0.4 ? 1 : 0;
      const score = (separation: number) => random.uniform() + positive * separation;
      const scores: [number, number] = [score(0.3), score(0.6)];
      return { positive, scores, labels: [scores[0] > 0.7 ? 1 : 0, scores[1] > 0.7 ? 1 : 0] };
    });
    const intervals = bootstrapPaired(modelsOf(rows), 400);
    expect(bootstrapPaired(modelsOf(rows), 400)).toEqual(intervals);
    const { rocAuc: change } = changeOf(rows);
    expect(intervals.rocAuc?.low).toBeGreaterThan(0);
    expect(intervals.rocAuc?.low).toBeLessThan(change);
    expect(intervals.rocAuc?.high).toBeGreaterThan(change);
  });

  it("draws as many rows as there are, each as often as the others", () => {
    const resample = createResampler(8);
    for (const rows of [1, 2, 7, 256]) {
      const counts = new Uint8Array(rows);
      const totals = new Float64Array(rows);
      const squares = new Float64Array(rows);
      for (let i = 0; i < 4_000; i++) {
        resample(counts);
        expect(counts.reduce((total, count) => total + count, 0)).toBe(rows);
        for (let row = 0; row < rows; row++) {
          totals[row] = (totals[row] ?? 0) + (counts[row] ?? 0);
          squares[row] = (squares[row] ?? 0) + ((counts[row] ?? 0) - 1) ** 2;
        }
      }
      // Each count has mean 1 and variance 1 − 1/rows; five standard errors are allowed.
      const spread = 1 - 1 / rows;
      for (let row = 0; row < rows; row++) {
        expect(Math.abs((totals[row] ?? 0) / 4_000 - 1)).toBeLessThanOrEqual(5 * Math.sqrt(spread / 4_000));
        expect(Math.abs((squares[row] ?? 0) / 4_000 - spread)).toBeLessThanOrEqual(0.2);
      }
    }
  });
});

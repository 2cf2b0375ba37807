import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Comparison, Evaluation } from "../../src/evidence/evidence.ts";
import { judgeModel } from "../../src/gates/judge-model.ts";
import type { Gate } from "../../src/spec/spec.ts";
import { changeOf, createEvaluation, createScored, createSlice, position } from "./create-evaluation.ts";

type Rule = { kind: "no-worse-than" | "better-than"; margin: number };
type Limit = { kind: "at-least" | "at-most"; limit: number };

const slice = { column: "country", value: undefined, worst: false };
const rank = { fail: 0, inconclusive: 1, pass: 2 };

const rankOf = (gate: Gate, evaluation: Evaluation) =>
  rank[judgeModel({ model: "fraud", gates: [gate], evaluations: [evaluation] }).outcome];

/** Both directions, a point and a better one, and noise. */
const moves = fc.record({
  greaterIsBetter: fc.boolean(),
  change: fc.double({ min: -1, max: 1, noNaN: true }),
  more: fc.double({ min: 0, max: 5, noNaN: true }),
  half: fc.double({ min: 0, max: 1, noNaN: true }),
});
const rules: fc.Arbitrary<Rule> = fc.record({
  kind: fc.constantFrom("no-worse-than", "better-than"),
  margin: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** An improvement of `change`, in the metric's own direction. */
function improvedBy(change: number, half: number, greaterIsBetter: boolean): Comparison {
  const own = greaterIsBetter ? change : -change;
  const interval = { low: own - half, high: own + half };
  return changeOf(own, half, { greaterIsBetter, relative: { change: own, interval } });
}

describe("a larger improvement is never judged worse", () => {
  it.each([
    ["of a change", {}],
    ["of a share of the baseline", { relative: true }],
    ["of slices", { slice }],
    ["of the worst slice, by shares", { slice: { ...slice, worst: true }, relative: true }],
  ])("by a gate %s", (_, more) => {
    fc.assert(
      fc.property(moves, rules, fc.array(moves, { minLength: 0, maxLength: 6 }), (move, rule, others) => {
        const gate: Gate = { position, metric: "accuracy", ...rule, ...more };
        const at = (change: number) => {
          const comparison = improvedBy(change, move.half, move.greaterIsBetter);
          const rest = others.map((other) => improvedBy(other.change, other.half, move.greaterIsBetter));
          const slices = [comparison, ...rest].map((each, i) => createSlice(`c${i}`, each));
          return rankOf(gate, createEvaluation(comparison, {}, { slices }));
        };
        expect(at(move.change + move.more)).toBeGreaterThanOrEqual(at(move.change));
      }),
    );
  });

  it("by a limit on the value, of the whole or of slices", () => {
    fc.assert(
      fc.property(moves, fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean(), (move, limit, sliced) => {
        const rule: Limit = { kind: move.greaterIsBetter ? "at-least" : "at-most", limit };
        const gate: Gate = { position, metric: "accuracy", ...rule, ...(sliced ? { slice } : {}) };
        const at = (change: number) => {
          const value = move.greaterIsBetter ? change : -change;
          const result = { metric: "accuracy", value, interval: { low: value - move.half, high: value + move.half } };
          const slices = [
            createSlice("US", changeOf(0), { metrics: [result] }),
            createSlice("BR", changeOf(0), { metrics: [result] }),
          ];
          return rankOf(gate, createEvaluation({}, result, { slices }));
        };
        expect(at(move.change + move.more)).toBeGreaterThanOrEqual(at(move.change));
      }),
    );
  });

  it("by a gate on a reported number, in its units or as a share", () => {
    const rulesAndLimits = fc.oneof(
      rules,
      fc.record({ kind: fc.constant("limit" as const), limit: fc.double({ min: 1, max: 20, noNaN: true }) }),
    );
    const numbers = fc.record({
      baseline: fc.double({ min: 1, max: 20, noNaN: true }),
      trainings: fc.integer({ min: 1, max: 4 }),
      relative: fc.boolean(),
    });
    fc.assert(
      fc.property(
        moves,
        rulesAndLimits,
        numbers,
        ({ greaterIsBetter, change, more, half }, rule, { baseline, trainings, relative }) => {
          const written =
            rule.kind === "limit" ? { ...rule, kind: greaterIsBetter ? ("at-least" as const) : ("at-most" as const) } : rule;
          const gate: Gate = { position, metric: "size", reported: { greaterIsBetter, noise: half }, relative, ...written };
          const at = (improvement: number) => {
            const candidate = baseline + (greaterIsBetter ? improvement : -improvement);
            const side = (value: number) => createScored({ reported: { size: Array.from({ length: trainings }, () => value) } });
            return rankOf(
              gate,
              createEvaluation({}, {}, { candidate: side(candidate), baseline: { ...side(baseline), how: "kept" } }),
            );
          };
          // A number that turns negative is no improvement that anything reports.
          const most = greaterIsBetter ? change + more : Math.min(change + more, baseline);
          fc.pre(most >= change);
          expect(at(most)).toBeGreaterThanOrEqual(at(change));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("and a large one fails nothing", () => {
    const limits = fc.constantFrom<Rule>(
      { kind: "no-worse-than", margin: 0 },
      { kind: "no-worse-than", margin: 0.1 },
      { kind: "better-than", margin: 0.1 },
    );
    fc.assert(
      fc.property(limits, fc.boolean(), fc.boolean(), fc.boolean(), (rule, greaterIsBetter, relative, sliced) => {
        const gate: Gate = { position, metric: "accuracy", ...rule, relative, ...(sliced ? { slice } : {}) };
        const comparison = improvedBy(5, 0.5, greaterIsBetter);
        const slices = [createSlice("US", comparison), createSlice("BR", comparison)];
        expect(rankOf(gate, createEvaluation(comparison, {}, { slices }))).toBe(rank.pass);
      }),
    );
  });
});

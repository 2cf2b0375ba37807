import type { Comparison, Interval, MetricResult } from "../evidence/evidence.ts";
import type { Gate } from "../spec/spec.ts";
import { type Decision, fail, inconclusive, pass } from "./decision.ts";
import { type Sampling, testRows, whatWouldDecide } from "./what-would-decide.ts";

export type ChangeGate = Extract<Gate, { margin: number }>;
export type ValueGate = Extract<Gate, { limit: number }>;

/**
 * A non-inferiority or superiority rule on the 95% interval of the change, turned so that more is better.
 * no-worse-than m: pass where all of the interval lies above −m, fail where all of it lies below. better-than m: pass where
 * all of it lies above m, fail where none of it does. Anything else is inconclusive. No change at all passes the first, 0
 * included, and fails the second; a change known exactly may be as bad as m. A relative gate is the same on
 * (candidate − baseline) / |baseline|.
 * @param change the comparison's
 */
export function decideChange(
  gate: ChangeGate,
  comparison: Comparison,
  change: number,
  sampling: Sampling = testRows(comparison.rows),
): Decision {
  const { identical, greaterIsBetter } = comparison;
  const { point, interval, because } = gate.relative ? relativeChange(comparison) : absoluteChange(comparison, change);
  if (interval === undefined) {
    // Better by any amount is no worse by any share, also of a baseline that is 0.
    if (gate.relative && gate.kind === "no-worse-than" && isBetter(comparison)) return pass("better");
    return inconclusive(because ?? "there is no interval to judge by");
  }
  const improvement = greaterIsBetter ? point : 0 - point;
  const { low, high } = greaterIsBetter ? interval : { low: 0 - interval.high, high: 0 - interval.low };
  const short = gate.relative ? shortPercent : shortNumber;
  if (gate.kind === "no-worse-than") {
    const limit = 0 - gate.margin;
    const left = low - limit;
    const reached = low > limit || (low === high && low === limit);
    if (reached || (identical && limit <= 0)) return pass(identical ? "no change" : low > 0 ? "better" : "no worse", left);
    if (high < limit) return fail(`${short(limit - improvement)} past the limit`, left);
    return inconclusive(whatWouldDecide(improvement - limit, improvement - low, sampling), left);
  }
  const left = low - gate.margin;
  if (low > gate.margin) return pass("better", left);
  if (high <= gate.margin) {
    if (identical) return fail("no change", left);
    if (high < 0) return fail("worse", left);
    return fail(gate.margin === 0 ? "not better" : `${short(gate.margin - improvement)} short of the limit`, left);
  }
  return inconclusive(whatWouldDecide(improvement - gate.margin, improvement - low, sampling), left);
}

function isBetter({ interval, greaterIsBetter }: Comparison): boolean {
  return interval !== undefined && (greaterIsBetter ? interval.low > 0 : interval.high < 0);
}

interface KnownChange {
  point: number;
  interval: Interval | undefined;
  because?: string | undefined;
}

function absoluteChange({ interval, noIntervalBecause }: Comparison, change: number): KnownChange {
  return { point: change, interval, because: noIntervalBecause };
}

function relativeChange({ relative, interval, identical, baseline, noIntervalBecause }: Comparison): KnownChange {
  // No change is no share of anything, of 0 too.
  if (identical) return { point: 0, interval: { low: 0, high: 0 } };
  const point = relative?.change ?? Number.NaN;
  if (interval === undefined) return { point, interval, because: noIntervalBecause };
  if (relative === undefined)
    return {
      point,
      interval: undefined,
      because: `the baseline is ${baseline === 0 ? "0, and nothing is a share of that" : "too near 0 for a share of it"}`,
    };
  return { point, interval: relative.interval, because: "there is no interval of the share" };
}

/** A limit on the candidate's own value, by the value's 95% interval; an end of it that is exactly the limit has reached it. */
export function decideValue(
  gate: ValueGate,
  { interval, noIntervalBecause }: MetricResult,
  value: number,
  sampling: Sampling,
): Decision {
  if (interval === undefined) return inconclusive(noIntervalBecause ?? "there is no interval to judge by");
  // Turned so that more is better.
  const sign = gate.kind === "at-least" ? 1 : -1;
  const limit = sign * gate.limit;
  const own = sign * value;
  const { low, high }: Interval = sign === 1 ? interval : { low: -interval.high, high: -interval.low };
  const left = low - limit;
  if (low >= limit) return pass("reached", left);
  if (high < limit) return fail(`${shortNumber(limit - own)} ${gate.kind === "at-least" ? "short of" : "past"} the limit`, left);
  return inconclusive(whatWouldDecide(own - limit, own - low, sampling), left);
}

/** Two significant digits. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function shortPercent(share: number): string {
  return `${shortNumber(share * 100)}%`;
}

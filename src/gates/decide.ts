import type { Comparison, Interval, MetricResult } from "../evidence/evidence.ts";
import type { Gate } from "../spec/spec.ts";
import type { GateOutcome } from "./verdict.ts";

export interface Decision {
  outcome: GateOutcome;
  note: string;
}

type ChangeGate = Extract<Gate, { margin: number }>;
type ValueGate = Extract<Gate, { limit: number }>;

/**
 * A non-inferiority or superiority rule on the 95% interval of the change, turned so that more is better.
 * no-worse-than m: pass where all of the interval lies above −m, fail where all of it lies below. better-than m: pass where
 * all of it lies above m, fail where none of it does. Anything else is inconclusive. No change at all passes the first, 0
 * included, and fails the second.
 */
export function decideChange(gate: ChangeGate, comparison: Comparison, change: number): Decision {
  const { interval, identical, rows, greaterIsBetter } = comparison;
  if (interval === undefined) return noInterval(comparison.noIntervalBecause);
  const improvement = greaterIsBetter ? change : 0 - change;
  const { low, high } = greaterIsBetter ? interval : { low: 0 - interval.high, high: 0 - interval.low };
  const noChange = identical || (low === 0 && high === 0);
  if (gate.kind === "no-worse-than") {
    const limit = 0 - gate.margin;
    if (low > limit || (noChange && limit <= 0)) return pass(noChange ? "no change" : low > 0 ? "better" : "no worse");
    if (high < limit) return fail(`${short(limit - improvement)} past the limit`);
    return undecided(improvement - limit, improvement - low, rows);
  }
  if (low > gate.margin) return pass("better");
  if (high <= gate.margin) {
    if (noChange) return fail("no change");
    if (high < 0) return fail("worse");
    return fail(gate.margin === 0 ? "not better" : `${short(gate.margin - improvement)} short of the limit`);
  }
  return undecided(improvement - gate.margin, improvement - low, rows);
}

/** A limit on the candidate's own value, by the value's 95% interval; an end of it that is exactly the limit has reached it. */
export function decideValue(
  gate: ValueGate,
  { interval, noIntervalBecause }: MetricResult,
  value: number,
  rows: number,
): Decision {
  if (interval === undefined) return noInterval(noIntervalBecause);
  // Turned so that more is better.
  const sign = gate.kind === "at-least" ? 1 : -1;
  const limit = sign * gate.limit;
  const own = sign * value;
  const { low, high }: Interval = sign === 1 ? interval : { low: -interval.high, high: -interval.low };
  if (low >= limit) return pass("reached");
  if (high < limit) return fail(`${short(limit - own)} ${gate.kind === "at-least" ? "short of" : "past"} the limit`);
  return undecided(own - limit, own - low, rows);
}

/**
 * The half-width of an interval shrinks with √rows, so a point estimate that holds would be decided by about
 * rows · (half-width / distance to the limit)² rows.
 */
function undecided(distance: number, halfWidth: number, rows: number): Decision {
  if (!(distance > 0)) return inconclusive("the limit lies within the noise");
  const more = rows * ((halfWidth / distance) ** 2 - 1);
  if (!Number.isFinite(more) || more > 1e9) return inconclusive("too close to the limit to decide");
  return inconclusive(`needs about ${roundUp(more).toLocaleString("en-US")} more test rows`);
}

/** Up to two digits: an estimate, no promise. */
function roundUp(rows: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(rows, 1))) - 1);
  return Math.max(1, Math.ceil(rows / unit) * unit);
}

/** Two significant digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function noInterval(because: string | undefined): Decision {
  return inconclusive(because ?? "there is no interval to judge by");
}

const pass = (note: string): Decision => ({ outcome: "pass", note });
const fail = (note: string): Decision => ({ outcome: "fail", note });
const inconclusive = (note: string): Decision => ({ outcome: "inconclusive", note });

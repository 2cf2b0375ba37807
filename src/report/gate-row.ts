import type { Comparison, Interval } from "../evidence/evidence.ts";
import type { GateOutcome, GateResult } from "../gates/verdict.ts";
import type { Gate } from "../spec/spec.ts";
import { decimalsForRow, formatChange, formatFixed, formatLimit } from "./format.ts";
import { greaterIsBetter, metricTitle } from "./metric-title.ts";
import { evaluationOf } from "./model-status.ts";
import type { ModelReport } from "./report.ts";

/** A gate as a line of a table. Texts may come from outside: escape them. */
export interface GateRow {
  /** Stable name, `accuracy.no-worse-than`. */
  name: string;
  title: string;
  /** `higher is better`, or empty when not known. */
  direction: string;
  baseline: string;
  candidate: string;
  /** 95% interval of the candidate's own value, for gates on it. */
  candidateInterval: IntervalText | undefined;
  change: string;
  interval: IntervalText | undefined;
  noIntervalBecause: string | undefined;
  needs: string;
  outcome: GateOutcome;
  note: string;
  plot: IntervalPlot | undefined;
}

export interface IntervalText {
  low: string;
  high: string;
}

/** What is drawn: a point with its interval against a limit, in one unit. */
export interface IntervalPlot {
  quantity: "change" | "value";
  point: number;
  interval: Interval | undefined;
  limit: number;
  /** Which side of the limit is not allowed. */
  badSide: "below" | "above";
  /** No change (0), or the baseline's value for gates on the value itself. */
  reference: number | undefined;
}

/** What a gate asks, for a reader who never met an interval. */
function describeNeed(gate: Gate): string {
  switch (gate.kind) {
    case "no-worse-than":
      return gate.margin === 0 ? "no worse" : `at most ${formatLimit(gate.margin)} worse`;
    case "better-than":
      return gate.margin === 0 ? "better" : `more than ${formatLimit(gate.margin)} better`;
    case "at-least":
      return `at least ${formatLimit(gate.limit)}`;
    case "at-most":
      return `at most ${formatLimit(gate.limit)}`;
  }
}

export function describeDirection(greaterIsBetter: boolean | undefined): string {
  if (greaterIsBetter === undefined) return "";
  return greaterIsBetter ? "higher is better" : "lower is better";
}

export function gateRow(model: ModelReport, result: GateResult): GateRow {
  const comparison =
    result.comparison ??
    evaluationOf(model, result.role)?.comparisons.find((candidate) => candidate.metric === result.gate.metric);
  const { gate } = result;
  const row = "limit" in gate ? valueRow(result, gate, comparison) : changeRow(gate, comparison);
  return {
    name: result.name,
    title: metricTitle(gate.metric),
    direction: describeDirection(comparison?.greaterIsBetter ?? greaterIsBetter(gate.metric)),
    needs: describeNeed(gate),
    outcome: result.outcome,
    note: result.note,
    ...row,
  };
}

type Numbers = Pick<
  GateRow,
  "baseline" | "candidate" | "candidateInterval" | "change" | "interval" | "noIntervalBecause" | "plot"
>;

/** A metric of both models that no gate reads. */
export function changeNumbers(comparison: Comparison | undefined, limit?: number): Numbers {
  const { baseline, candidate, change, interval, noIntervalBecause } = comparison ?? {};
  const decimals = decimalsForRow({ baseline, candidate, change, interval, limit });
  return {
    baseline: formatFixed(baseline, decimals),
    candidate: formatFixed(candidate, decimals),
    candidateInterval: undefined,
    change: formatChange(change, decimals),
    interval: interval && { low: formatEnd(interval.low, decimals), high: formatEnd(interval.high, decimals) },
    noIntervalBecause: comparison?.identical ? undefined : noIntervalBecause,
    plot: undefined,
  };
}

function changeRow(gate: Extract<Gate, { margin: number }>, comparison: Comparison | undefined): Numbers {
  if (comparison === undefined) return changeNumbers(undefined);
  const allowedLoss = gate.kind === "no-worse-than" ? -gate.margin : gate.margin;
  const limit = (comparison.greaterIsBetter ? allowedLoss : -allowedLoss) + 0;
  const { change, interval } = comparison;
  return {
    ...changeNumbers(comparison, limit),
    plot:
      change === null
        ? undefined
        : {
            quantity: "change",
            point: change,
            interval,
            limit,
            badSide: comparison.greaterIsBetter ? "below" : "above",
            reference: 0,
          },
  };
}

function valueRow({ value }: GateResult, gate: Extract<Gate, { limit: number }>, comparison: Comparison | undefined): Numbers {
  const candidate = value?.value ?? comparison?.candidate;
  const interval = value?.interval;
  const baseline = comparison?.baseline;
  const decimals = decimalsForRow({ baseline, candidate, interval, limit: gate.limit });
  return {
    ...changeNumbers(comparison),
    baseline: formatFixed(baseline, decimals),
    candidate: formatFixed(candidate, decimals),
    candidateInterval: interval && { low: formatFixed(interval.low, decimals), high: formatFixed(interval.high, decimals) },
    noIntervalBecause: value?.undefinedBecause ?? value?.noIntervalBecause,
    plot:
      typeof candidate !== "number"
        ? undefined
        : {
            quantity: "value",
            point: candidate,
            interval,
            limit: gate.limit,
            badSide: gate.kind === "at-least" ? "below" : "above",
            reference: baseline ?? undefined,
          },
  };
}

/** The end of an interval may round to zero: its sign says nothing then. */
function formatEnd(value: number, decimals: number): string {
  if (value === 0) return "0";
  return Number(value.toFixed(decimals)) === 0 ? formatFixed(0, decimals) : formatChange(value, decimals);
}

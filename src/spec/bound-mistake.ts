import { factsOfMetric, type MetricFacts } from "./metric-names.ts";
import type { Gate } from "./spec.ts";

/** What a rule asks: a change of at most this or more than this, or a value on one side of it. */
export interface Bound {
  kind: Gate["kind"];
  value: number;
  /** `value` is a share of the baseline's value: 0.05 is 5%. */
  relative: boolean;
}

/** Why a rule that no value of the metric can keep, or break, is a mistake, and what was probably meant; undefined: it can decide. */
export function mistakeInBound(metric: string, bound: Bound): { problem: string; fix: string } | undefined {
  const facts = factsOfMetric(metric);
  const never = facts && neverDecides(facts, bound);
  if (facts === undefined || never === undefined) return undefined;
  const { kind, value, relative } = bound;
  const problem = `${metric} ${possible(facts.range)}, so ${kind}: ${relative ? percent(value) : value} can never ${never}.`;
  if (relative) return { problem, fix: "Write a smaller share of the baseline's value, such as 5%." };
  const isMargin = kind === "no-worse-than" || kind === "better-than";
  const meant = Number((value / 100).toPrecision(15));
  if (neverDecides(facts, { ...bound, value: meant }) !== undefined || meant <= 0)
    return { problem, fix: isMargin ? "Write for example 0.01, or 1%." : "Write a value that it can have." };
  return {
    problem,
    fix: isMargin ? `Write ${meant}, or ${percent(meant)} for a share of the baseline's value.` : `Write ${meant}.`,
  };
}

function neverDecides({ range, greaterIsBetter }: MetricFacts, { kind, value, relative }: Bound): "fail" | "pass" | undefined {
  const { low, high } = range;
  switch (kind) {
    case "no-worse-than":
      if (relative) return greaterIsBetter && low >= 0 && value >= 1 ? "fail" : undefined;
      return value >= high - low ? "fail" : undefined;
    case "better-than":
      if (relative) return !greaterIsBetter && low >= 0 && value >= 1 ? "pass" : undefined;
      return value >= high - low ? "pass" : undefined;
    case "at-least":
      return value > high ? "pass" : value < low ? "fail" : undefined;
    case "at-most":
      return value < low ? "pass" : value > high ? "fail" : undefined;
  }
}

function possible({ low, high }: MetricFacts["range"]): string {
  if (!Number.isFinite(high)) return `is ${low} or more`;
  return Number.isFinite(low) ? `lies between ${low} and ${high}` : `is at most ${high}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(15))}%`;
}

import type { Comparison, Interval, MetricResult } from "../evidence/evidence.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import type { Gate } from "../spec/spec.ts";
import { symmetric } from "../statistics/interval.ts";
import { mean } from "../statistics/moments.ts";
import { decideChange, decideValue } from "./decide.ts";
import { type Decision, missing } from "./decision.ts";
import type { Judged } from "./ground.ts";
import type { JudgedEvaluation, JudgedSide } from "./judged-evaluation.ts";
import { units } from "./what-would-decide.ts";

export type ReportedGate = Gate & { reported: NonNullable<Gate["reported"]> };

/** A number that the trainings of a side reported. */
interface Reported {
  mean: number;
  values: readonly number[];
}

/**
 * A gate on a number that the trainer reported itself. Its noise is declared: so far apart lie two measurements of one model at
 * most, 19 times of 20, so that one measurement is known to ± noise/√2 and the mean of K to ± noise/√(2K).
 */
export function judgeReported(gate: ReportedGate, evaluation: JudgedEvaluation): Judged {
  const { metric, reported } = gate;
  const candidate = reportedBy(evaluation.candidate, metric);
  const baseline = reportedBy(evaluation.baseline, metric);
  const found = {
    ...(candidate && baseline && { comparison: compare(gate, baseline, candidate) }),
    ...("limit" in gate && candidate && { value: ownValue(metric, candidate, reported.noise) }),
  };
  return {
    decision: decide(gate, baseline, candidate, found),
    about: { gate, name: nameOfGate(gate), role: evaluation.role, ...found },
  };
}

function decide(
  gate: Gate,
  baseline: Reported | undefined,
  candidate: Reported | undefined,
  { comparison, value }: { comparison?: Comparison; value?: MetricResult },
): Decision {
  if ("limit" in gate) {
    if (candidate === undefined || value === undefined) return notReported(gate.metric, ["candidate's"]);
    return decideValue(gate, value, candidate.mean, units(candidate.values.length, "measurement", "measurements", true));
  }
  if (candidate === undefined || baseline === undefined || comparison === undefined) {
    return notReported(gate.metric, [...(baseline ? [] : ["baseline's"]), ...(candidate ? [] : ["candidate's"])]);
  }
  const aSide = 2 / (1 / baseline.values.length + 1 / candidate.values.length);
  return decideChange(
    gate,
    comparison,
    candidate.mean - baseline.mean,
    units(aSide, "measurement a side", "measurements a side", true),
  );
}

function reportedBy(side: JudgedSide | undefined, metric: string): Reported | undefined {
  const reported = side?.reported;
  const values = reported && Object.hasOwn(reported, metric) ? (reported[metric] ?? []) : [];
  return values.length === 0 ? undefined : { values, mean: mean(Float64Array.from(values)) };
}

function notReported(metric: string, whose: readonly string[]): Decision {
  return missing(`the ${whose.join(" and the ")} metrics file has no number ${JSON.stringify(metric)}`);
}

function compare({ metric, reported }: ReportedGate, baseline: Reported, candidate: Reported): Comparison {
  const { greaterIsBetter, noise } = reported;
  const change = candidate.mean - baseline.mean;
  const half = noise * Math.sqrt((1 / baseline.values.length + 1 / candidate.values.length) / 2);
  const shares = relative(baseline, candidate, noise);
  return {
    metric,
    greaterIsBetter,
    baseline: baseline.mean,
    candidate: candidate.mean,
    change,
    interval: symmetric(change, half),
    ...(shares && { relative: shares }),
    method,
    rows: 0,
    // Without noise the same number is no change.
    identical: noise === 0 && change === 0,
  };
}

function ownValue(metric: string, { mean: value, values }: Reported, noise: number): MetricResult {
  const seeds = values.length > 1 ? { seeds: [...values] } : {};
  return { metric, value, ...seeds, interval: symmetric(value, ownNoise(values, noise)), method };
}

const method = "declared noise";

function ownNoise(values: readonly number[], noise: number): number {
  return noise / Math.sqrt(2 * values.length);
}

/**
 * (candidate − baseline) / |baseline| with Fieller's interval of a ratio (Fieller 1954) of two independent means.
 * @returns undefined where the baseline cannot be told from 0
 */
function relative(baseline: Reported, candidate: Reported, noise: number): Comparison["relative"] {
  const [b, c] = [baseline.mean, candidate.mean];
  const [ofB, ofC] = [ownNoise(baseline.values, noise) ** 2, ownNoise(candidate.values, noise) ** 2];
  const square = b * b - ofB;
  if (!(square > 0)) return undefined;
  const root = Math.sqrt(Math.max(0, b * b * ofC + ofB * (c * c - ofC)));
  const ratios = { low: (b * c - root) / square, high: (b * c + root) / square };
  const interval: Interval =
    b > 0 ? { low: ratios.low - 1, high: ratios.high - 1 } : { low: 1 - ratios.high, high: 1 - ratios.low };
  return { change: (c - b) / Math.abs(b), interval };
}

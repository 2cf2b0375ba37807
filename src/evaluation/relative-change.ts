import type { Comparison } from "../evidence/evidence.ts";
import type { Interval } from "../statistics/interval.ts";
import { mean } from "../statistics/moments.ts";
import { seedVariance } from "../statistics/seed-interval.ts";
import { standardError } from "../statistics/significance.ts";
import { hasSeeds, type Side } from "./estimate-sides.ts";
import type { Estimated, Metric } from "./metric.ts";
import type { RowNoise } from "./row-noise.ts";

/** A ratio to a number that may as well be 0 means nothing; from this many standard errors on it is close to normal. */
const leastErrorsFromZero = 4;

type WithInterval = Extract<Estimated, { interval: Interval }>;

interface RelativeRequest {
  metric: Metric;
  baseline: Side;
  candidate: Side;
  /** The change's; left out: it has no interval. */
  estimated?: WithInterval;
  /** Of the sides in the order baseline, candidate; undefined: the metric has no influence. */
  noise?: RowNoise | undefined;
}

/**
 * (candidate − baseline) / |baseline| with a paired interval: the change's own, over |baseline|, each side stretched by the ratio
 * of the delta method's standard errors of the ratio and of the change, since the baseline is an estimate too. Where the metric
 * has no influence its correlation with the change is taken for the worst, which is wider.
 * @returns undefined where the baseline is within 4 of its standard errors of 0
 */
export function relativeChange(request: RelativeRequest): Comparison["relative"] {
  const { metric, estimated } = request;
  const [before, after] = [mean(request.baseline.values), mean(request.candidate.values)];
  if (before === 0) return undefined;
  const size = Math.abs(before);
  const relative = { change: (after - before) / size };
  if (estimated === undefined) return relative;
  const { interval } = estimated;
  // By rounding an interval of next to no width may miss it, and stretched it would be far off.
  if (interval.low > after - before || interval.high < after - before) return relative;
  const errors = request.noise ? errorsByNoise(request, request.noise) : errorsByWorst(request, estimated);
  if (errors === undefined) return relative;
  if (size < leastErrorsFromZero * errors.baseline) return undefined;
  const stretch = errors.change > 0 ? (errors.ratio * size) / errors.change : 1;
  const at = (end: number) => (after - before + (end - (after - before)) * stretch) / size;
  const least = metric.range.low >= 0 ? -1 : Number.NEGATIVE_INFINITY;
  return { ...relative, interval: { low: Math.max(least, at(interval.low)), high: at(interval.high) } };
}

/** Standard errors of the baseline, of the change, and of their ratio. */
interface Errors {
  baseline: number;
  change: number;
  ratio: number;
}

function errorsByNoise({ metric, baseline, candidate }: RelativeRequest, noise: RowNoise): Errors {
  const [before, after] = [mean(baseline.values), mean(candidate.values)];
  const pooled = hasSeeds(metric, baseline, candidate) ? seedVariance([baseline.values, candidate.values]) : 0;
  const errorOf = (ofBaseline: number, ofCandidate: number) => {
    const rows = noise.of([ofBaseline, ofCandidate]).error;
    const seeds = pooled * (ofBaseline ** 2 / baseline.values.length + ofCandidate ** 2 / candidate.values.length);
    return Math.sqrt(rows ** 2 + seeds);
  };
  const size = Math.abs(before);
  return {
    baseline: errorOf(1, 0),
    change: errorOf(-1, 1),
    ratio: errorOf((-after * Math.sign(before)) / size ** 2, 1 / size),
  };
}

function errorsByWorst({ metric, baseline, candidate }: RelativeRequest, estimated: WithInterval): Errors | undefined {
  const [rows] = baseline.trainings;
  const own = rows && metric.estimate(rows);
  if (own === undefined || !("interval" in own)) return undefined;
  const [before, after] = [mean(baseline.values), mean(candidate.values)];
  const ofBaseline = standardError(own);
  const ofChange = standardError(estimated);
  // d/|b| − r·b/|b| with the relative change r: at most the sum of both errors.
  const ratio = (ofChange + Math.abs((after - before) / before) * ofBaseline) / Math.abs(before);
  return { baseline: ofBaseline, change: ofChange, ratio };
}

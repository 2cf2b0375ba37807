import type { Comparison, MetricResult, Slice } from "../evidence/evidence.ts";
import type { GateResult } from "../gates/verdict.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { Task } from "../spec/spec.ts";
import { holmAdjusted, pValueOfNoChange } from "../statistics/significance.ts";
import { plural } from "./format.ts";
import { partsOf } from "./gate-row.ts";
import type { MeasuredPair } from "./measured.ts";
import { greaterIsBetter, metricTitle } from "./metric-title.ts";
import { sliceName } from "./slice-name.ts";

/** How a metric moved. */
export type SliceStanding = "worse" | "better" | "open";

export interface SliceRow {
  slice: Slice;
  comparison: Comparison | undefined;
  value: MetricResult | undefined;
  /** Read over all slices together; undefined where there is no interval. */
  standing: SliceStanding | undefined;
}

/** Share of changes that are none and are called one all the same. */
const falseAlarms = 0.05;

/** Metrics in the order in which they are looked at over slices: those with rules on slices, with rules, the rest. */
export function sliceMetrics({ slices = [] }: MeasuredPair, gates: readonly GateResult[]): string[] {
  const computed = gates.map(({ gate }) => gate).filter(({ reported }) => reported === undefined);
  const known = slices.flatMap(({ comparisons, metrics }) => [...comparisons, ...metrics].map(({ metric }) => metric));
  const wanted = [...computed.filter(({ slice }) => slice), ...computed].map(({ metric }) => metric);
  const all = new Set(known);
  return [...new Set([...wanted.filter((metric) => all.has(metric)), ...known])];
}

/** Metrics that have rules on slices. */
export function slicedMetrics(gates: readonly GateResult[]): Set<string> {
  return new Set(gates.flatMap(({ gate }) => (gate.slice ? [gate.metric] : [])));
}

/**
 * The slices that may be judged, the worst first: by what the metric lost at the very least; without an interval last. What is
 * called better or worse is so after Holm's correction over all of them.
 */
export function sliceRows({ slices = [] }: MeasuredPair, metric: string): SliceRow[] {
  const found = slices
    .filter(({ tooSmall }) => !tooSmall)
    .map((slice) => ({
      slice,
      comparison: slice.comparisons.find((each) => each.metric === metric),
      value: slice.metrics.find((each) => each.metric === metric),
    }))
    .filter(({ comparison, value }) => comparison ?? value);
  const pValues = found.map(({ comparison }) => (comparison ? pValueOf(comparison) : undefined));
  const known = pValues.flatMap((p, index) => (p === undefined ? [] : [{ p, index }]));
  const adjusted = holmAdjusted(known.map(({ p }) => p));
  const shown = new Set(known.filter((_, order) => (adjusted[order] ?? 1) < falseAlarms).map(({ index }) => index));
  return found
    .map((row, index): SliceRow => {
      const standing = row.comparison && changeStanding(row.comparison);
      return { ...row, standing: standing === undefined || shown.has(index) ? standing : "open" };
    })
    .sort((a, b) => badness(a, metric) - badness(b, metric));
}

function pValueOf({ change, interval, degreesOfFreedom }: Comparison): number | undefined {
  return change === null || interval === undefined ? undefined : pValueOfNoChange({ change, interval, degreesOfFreedom });
}

/** Ends of the interval of the improvement. */
function improvement({ interval, greaterIsBetter }: Comparison): { low: number; high: number } | undefined {
  if (interval === undefined) return undefined;
  return greaterIsBetter ? interval : { low: -interval.high, high: -interval.low };
}

/** By its interval alone; undefined where there is none. */
export function changeStanding(comparison: Comparison): SliceStanding | undefined {
  const ends = improvement(comparison);
  if (ends === undefined) return comparison.identical ? "open" : undefined;
  return ends.high < 0 ? "worse" : ends.low > 0 ? "better" : "open";
}

/** Least first. */
function badness({ comparison, value }: SliceRow, metric: string): number {
  if (comparison?.identical) return 0;
  if (comparison) return improvement(comparison)?.high ?? Number.MAX_VALUE;
  const own = value?.value;
  if (own === null || own === undefined) return Number.MAX_VALUE;
  return greaterIsBetter(metric) === false ? -own : own;
}

/** Slices with fewer rows than declared, largest first. */
function smallSlices({ slices = [] }: MeasuredPair): Slice[] {
  return slices.filter(({ tooSmall }) => tooSmall);
}

/** `**12 slices**: Recall worse in 1, better in 2; 2 too small to judge`. */
export function slicesSummary(pair: MeasuredPair, metric: string | undefined, task: Task | undefined): Phrase {
  const small = smallSlices(pair).length;
  const rows = metric === undefined ? [] : sliceRows(pair, metric);
  const count = (standing: SliceStanding) => rows.filter((row) => row.standing === standing).length;
  const judged: PhrasePart[] =
    metric === undefined || !rows.some(({ comparison }) => comparison)
      ? []
      : [": ", ...partsOf(metricTitle(metric, task)), ` worse in ${count("worse")}, better in ${count("better")}`];
  return [{ strong: plural(pair.slices?.length ?? 0, "slice") }, ...judged, small === 0 ? "" : `; ${small} too small to judge`];
}

const maxNamed = 3;

/** `Recall is worse in country=BR.`, of the metric that slices are looked at by first. */
export function worseSlices(pair: MeasuredPair, gates: readonly GateResult[], task: Task | undefined): Phrase[] {
  const [metric] = sliceMetrics(pair, gates);
  if (metric === undefined) return [];
  const worse = sliceRows(pair, metric).filter(({ standing }) => standing === "worse");
  if (worse.length === 0) return [];
  const names = worse
    .slice(0, maxNamed)
    .flatMap(({ slice }, index): PhrasePart[] => [index === 0 ? "" : ", ", ...sliceName(slice)]);
  const more = worse.length > maxNamed ? ` and ${plural(worse.length - maxNamed, "other slice")}` : "";
  return [[...partsOf(metricTitle(metric, task)), " is worse in ", ...names, `${more}.`]];
}

const maxSmall = 10;

/** Which slices are listed only, and what was left out. */
export function leftOutPhrases(pair: MeasuredPair, maxMissing: number): Phrase[] {
  const small = smallSlices(pair);
  const shown = small
    .slice(0, maxSmall)
    .flatMap((slice, index): PhrasePart[] => [index === 0 ? "" : ", ", ...sliceName(slice), ` (${plural(slice.rows, "row")})`]);
  const more = small.length > maxSmall ? ` and ${small.length - maxSmall} more` : "";
  const missing = pair.slicesMissing ?? [];
  return [
    ...(small.length === 0 ? [] : [["Too small to judge: ", ...shown, `${more}.`]]),
    ...missing.slice(0, maxMissing),
    ...(missing.length > maxMissing ? [`And ${missing.length - maxMissing} more columns or values were left out.`] : []),
  ];
}

/** Said beside slices that are called better or worse. */
export const slicesCaution =
  "▼ and ▲ are read over all slices together: without any change, chance marks one in at most 1 of 20 comparisons.";

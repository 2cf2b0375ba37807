import type { Comparison, MetricResult, Slice } from "../evidence/evidence.ts";
import type { GateResult } from "../gates/verdict.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { Task } from "../spec/spec.ts";
import { plural } from "./format.ts";
import { partsOf } from "./gate-row.ts";
import type { Claims, MeasuredPair } from "./measured.ts";
import { greaterIsBetter, metricTitle } from "./metric-title.ts";
import { sliceName } from "./slice-name.ts";

/** How a metric moved. */
export type SliceStanding = "worse" | "better" | "open";

export interface SliceRow {
  slice: Slice;
  comparison: Comparison | undefined;
  value: MetricResult | undefined;
  /** As the gates decided it over all slices together; undefined where there is no interval. */
  standing: SliceStanding | undefined;
}

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

/** The slices that may be judged, the worst first: by what the metric lost at the very least; without an interval last. */
export function sliceRows({ slices = [] }: MeasuredPair, metric: string, claims: Claims): SliceRow[] {
  return slices
    .filter(({ tooSmall }) => !tooSmall)
    .map((slice) => ({
      slice,
      comparison: slice.comparisons.find((each) => each.metric === metric),
      value: slice.metrics.find((each) => each.metric === metric),
    }))
    .filter(({ comparison, value }) => comparison ?? value)
    .map((row): SliceRow => ({ ...row, standing: row.comparison && claimedStanding(row.slice, row.comparison, claims) }))
    .sort((a, b) => badness(a, metric) - badness(b, metric));
}

function claimedStanding(slice: Slice, comparison: Comparison, { worseSlices, betterSlices }: Claims): SliceStanding | undefined {
  const isClaimed = (claims: Claims["worseSlices"]) =>
    claims?.some(
      (claim) =>
        claim.comparison.metric === comparison.metric && claim.slice.column === slice.column && claim.slice.value === slice.value,
    );
  if (isClaimed(worseSlices)) return "worse";
  if (isClaimed(betterSlices)) return "better";
  return changeStanding(comparison) && "open";
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

/** `**12 slices**: Recall worse in 1, better in 2; 2 too small to judge`; of another metric than the one that was declared to decide, nothing is claimed. */
export function slicesSummary(pair: MeasuredPair, metric: string | undefined, claims: Claims, task: Task | undefined): Phrase {
  const small = smallSlices(pair).length;
  const judged = claims.headline?.metric ?? metric;
  const rows = judged === undefined ? [] : sliceRows(pair, judged, claims);
  const count = (standing: SliceStanding) => rows.filter((row) => row.standing === standing).length;
  const counts: PhrasePart[] =
    judged === undefined || !rows.some(({ comparison }) => comparison)
      ? []
      : [": ", ...partsOf(metricTitle(judged, task)), ` worse in ${count("worse")}, better in ${count("better")}`];
  return [{ strong: plural(pair.slices?.length ?? 0, "slice") }, ...counts, small === 0 ? "" : `; ${small} too small to judge`];
}

const maxNamed = 3;

/** `Recall is worse in country=BR, country=MX and 2 other slices.`; of several metrics `Worse in country=BR (Recall, F1).` The largest losses first. */
export function worseSlicePhrases({ worseSlices = [] }: Claims, task: Task | undefined): Phrase[] {
  const [first] = worseSlices;
  if (first === undefined) return [];
  const bySlice = [...Map.groupBy(worseSlices, ({ slice }) => JSON.stringify([slice.column, slice.value])).values()];
  const title = (metric: string) => partsOf(metricTitle(metric, task));
  const isOneMetric = worseSlices.every(({ comparison }) => comparison.metric === first.comparison.metric);
  const named = bySlice.slice(0, maxNamed).flatMap((claims, index): PhrasePart[] => {
    const titles = claims.slice(0, maxNamed).flatMap(({ comparison }, at) => [at === 0 ? "" : ", ", ...title(comparison.metric)]);
    const others = claims.length > maxNamed ? ` and ${plural(claims.length - maxNamed, "other metric")}` : "";
    return [
      index === 0 ? "" : ", ",
      ...claims.slice(0, 1).flatMap(({ slice }) => sliceName(slice)),
      ...(isOneMetric ? [] : [" (", ...titles, `${others})`]),
    ];
  });
  const more = bySlice.length > maxNamed ? ` and ${plural(bySlice.length - maxNamed, "other slice")}` : "";
  return [[...(isOneMetric ? [...title(first.comparison.metric), " is worse in "] : ["Worse in "]), ...named, `${more}.`]];
}

const maxSmall = 10;

/** Which slices are listed only, and what was left out. */
export function leftOutPhrases(pair: MeasuredPair, maxMissing: number): Phrase[] {
  const small = smallSlices(pair);
  const shown = small
    .slice(0, maxSmall)
    .flatMap((slice, index): PhrasePart[] => [index === 0 ? "" : ", ", ...sliceName(slice), ` (${plural(slice.rows, "row")})`]);
  const more = small.length > maxSmall ? ` and ${small.length - maxSmall} more` : "";
  return [
    ...(small.length === 0 ? [] : [["Too small to judge: ", ...shown, `${more}.`]]),
    ...missingSlicePhrases(pair, maxMissing),
  ];
}

/** Columns and values that were not looked at. */
export function missingSlicePhrases({ slicesMissing = [] }: MeasuredPair, most: number): Phrase[] {
  const more = slicesMissing.length - most;
  return [
    ...slicesMissing.slice(0, most).map((what): Phrase => `Left out: ${what.replace(/\.$/, "")}.`),
    ...(more > 0 ? [`And ${more} more columns or values were left out.`] : []),
  ];
}

/** Said beside slices that are called better or worse. */
export function slicesCaution({ headline }: Claims, task: Task | undefined): Phrase {
  const chance = "without any change, chance marks one in at most 1 of 20 comparisons.";
  if (headline?.metric === undefined) return `▼ and ▲ are read over all slices and metrics together: ${chance}`;
  return ["▼ and ▲ are for ", ...partsOf(metricTitle(headline.metric, task)), ` alone, read over all slices together: ${chance}`];
}

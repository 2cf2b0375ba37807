import type { Distribution, ValueCounts } from "../data/profile.ts";
import type { CategoryCounts, DistributionCounts } from "../data/profile-counts.ts";
import { mostShownValues } from "../data/shown-values.ts";
import type { Histogram } from "../evidence/data-evidence.ts";

const mostBins = 40;
/** Rows beyond these shares of the reference lie in the first and the last bin, lest a few far values leave one bar. */
const tails = [0.005, 0.995] as const;

/** Rows between edges of equal distance; between a profile's knots they are taken to lie evenly. */
export function distributionHistogram(reference: Distribution, current: DistributionCounts): Histogram | undefined {
  const { knots, atMost, count } = reference;
  const at = (share: number) => knots[atMost.findIndex((rows) => rows >= share * count)] ?? 0;
  const [least, greatest] = [at(tails[0]), at(tails[1])];
  const [from, to] = least < greatest ? [least, greatest] : [knots[0] ?? 0, knots.at(-1) ?? 0];
  const [low, high] = knots.length > mostShownValues ? rounded(from, to) : [from, to];
  // Between the largest numbers that there are is no finite distance, and beyond them no number.
  if (!Number.isFinite(high - low)) return undefined;
  const bins = reference.isExact ? Math.min(mostBins, Math.max(1, knots.length)) : mostBins;
  const width = high > low ? (high - low) / bins : 1;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins && high > low ? high : low + i * width));
  const below = reference.isExact ? atMost.map((_, i) => atMost[i - 1] ?? 0) : atMost;
  return {
    edges,
    reference: binned(edges, { knots, below, atMost, count }),
    current: binned(edges, { knots, below: current.below, atMost: current.atMost, count: current.count }),
  };
}

/** Ends of the picture beyond both, with two digits of their distance: they are nobody's value, and can be read. */
function rounded(low: number, high: number): [number, number] {
  const unit = 10 ** (Math.floor(Math.log10(high - low)) - 1);
  const [from, to] = [(Math.ceil(low / unit) - 1) * unit, (Math.floor(high / unit) + 1) * unit];
  return Number.isFinite(unit) && unit > 0 && from < to
    ? [Number(from.toPrecision(12)), Number(to.toPrecision(12))]
    : [low, high];
}

interface Steps {
  knots: readonly number[];
  /** Rows with less than the knot, and with at most it. */
  below: readonly number[];
  atMost: readonly number[];
  count: number;
}

function binned(edges: readonly number[], steps: Steps): number[] {
  const cumulative = edges.map((edge, i) =>
    i === 0 ? 0 : i === edges.length - 1 ? steps.count : Math.round(rowsBelow(edge, steps)),
  );
  return cumulative.slice(1).map((rows, i) => rows - (cumulative[i] ?? 0));
}

/** Rows with less than a value. */
function rowsBelow(value: number, { knots, below, atMost }: Steps): number {
  const next = knots.findIndex((knot) => knot >= value);
  if (next < 0) return atMost.at(-1) ?? 0;
  const [left, right] = [knots[next - 1], knots[next] ?? value];
  const [from, to] = [next === 0 ? 0 : (atMost[next - 1] ?? 0), below[next] ?? 0];
  if (left === undefined || right === value) return to;
  return from + (to - from) * ((value - left) / (right - left));
}

/** The categories with the most rows on both sides together; the last bin holds the rest where there are more. */
export function categoryHistogram(reference: ValueCounts, current: CategoryCounts): Histogram {
  const known = reference.values.map(({ value, count }, i) => ({
    label: value,
    reference: count,
    current: current.values[i] ?? 0,
  }));
  const fresh = current.others.mostFrequent.map(({ value, count }) => ({ label: value, reference: 0, current: count }));
  const sorted = [...known, ...fresh].sort((a, b) => b.reference + b.current - a.reference - a.current);
  const named = sorted.slice(0, mostBins - 1);
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const rest = {
    label: "others",
    reference: sum(known.map((bin) => bin.reference)) + reference.others.count - sum(named.map((bin) => bin.reference)),
    current: sum(current.values) + current.others.count - sum(named.map((bin) => bin.current)),
  };
  const bins = rest.reference + rest.current > 0 ? [...named, rest] : named;
  return {
    labels: bins.map(({ label }) => label.slice(0, 200).toWellFormed()),
    reference: bins.map((bin) => bin.reference),
    current: bins.map((bin) => bin.current),
  };
}

import type { ColumnProfile, Distribution, Profile } from "../data/profile.ts";
import type { ColumnCounts, DistributionCounts, TableCounts } from "../data/profile-counts.ts";
import type { DriftColumn, DriftResult, Histogram } from "../evidence/data-evidence.ts";
import { chiSquareQuantile } from "../statistics/chi-square.ts";
import { populationStability } from "../statistics/divergence.ts";
import { type CompareOptions, comparable, timeWhy } from "./comparable.ts";
import { categoryHistogram, distributionHistogram } from "./histograms.ts";
import { noiseTail } from "./limits.ts";
import { driftResult } from "./result.ts";

/** The usual rule of thumb: up to 0.1 no change, up to 0.2 a small one. */
const limit = 0.2;
const deciles = 10;
/** In the place of a share of 0. */
const filled = 1e-4;

/** Rows of both sides in the same bins. */
interface Bins {
  reference: number[];
  current: number[];
}

interface Binned {
  bins: Bins;
  /** What is drawn of the column. */
  histogram?: Histogram | undefined;
}

/**
 * Preset `psi-deciles`: the population stability index Σ (p − q) ln(p/q) over the deciles of the reference, or over its categories
 * with all others as one; missing values are a bin of their own, and a share of 0 counts as 0.0001.
 */
export function compareByPsi(reference: Profile, current: TableCounts, { exclude, weights }: CompareOptions = {}): DriftResult {
  const columns = reference.columns.map((column, i): DriftColumn => {
    const counts = current.columns[i] ?? { type: "absent", name: column.name };
    const { column: about, state, counts: present } = comparable(column, counts, [reference.rows, current.rows], exclude);
    if (present === undefined) return { ...about, state, tests: [] };
    if (column.type === "time") return { ...about, state: "not-compared", why: timeWhy, tests: [] };
    const { bins, histogram } = binsOf(column, present);
    const missing = { reference: column.missing, current: present.missing + present.mistyped };
    if (missing.reference + missing.current > 0) {
      bins.reference.push(missing.reference);
      bins.current.push(missing.current);
    }
    const test = testOf(bins);
    return { ...about, state: test.drifted ? "drifted" : "stable", tests: [test], ...(histogram && { histogram }) };
  });
  return driftResult({
    ...{ preset: "psi-deciles", rows: { reference: reference.rows, current: current.rows }, columns, weights },
    added: current.added.filter((name) => !exclude?.has(name)),
  });
}

function testOf({ reference, current }: Bins): DriftColumn["tests"][number] {
  const [rows, others] = [sum(reference), sum(current)];
  const shares = (counts: readonly number[], all: number) => counts.map((count) => (count === 0 ? filled : count / all));
  const value = populationStability(shares(reference, rows), shares(current, others));
  // With no change PSI is about (1/n + 1/m) times a chi-square variable (Yurdakul 2018).
  const noise = reference.length < 2 ? 0 : (1 / rows + 1 / others) * chiSquareQuantile(noiseTail, reference.length - 1);
  return { of: "values", measure: "psi", value, limit, noise, drifted: value > limit };
}

function binsOf(reference: ColumnProfile, current: Exclude<ColumnCounts, { type: "absent" }>): Binned {
  if ("counts" in reference && "counts" in current) {
    const histogram = reference.counts.values.length === 0 ? undefined : categoryHistogram(reference.counts, current.counts);
    const others = { reference: reference.counts.others.count, current: current.counts.others.count };
    const bins = { reference: reference.counts.values.map(({ count }) => count), current: [...current.counts.values] };
    if (others.reference + others.current === 0) return { bins, histogram };
    return {
      bins: { reference: [...bins.reference, others.reference], current: [...bins.current, others.current] },
      histogram,
    };
  }
  if (!("distribution" in reference && "distribution" in current)) return { bins: { reference: [], current: [] } };
  const [before, now] = [reference.distribution, current.distribution];
  const isEmpty = before.count === 0 || now.count === 0;
  return { bins: decileBins(before, now), histogram: isEmpty ? undefined : distributionHistogram(before, now) };
}

/** Up to a decile, from there up to the next, and above the last; deciles that ties make one are one. */
function decileBins({ knots, atMost, count }: Distribution, current: DistributionCounts): Bins {
  const edges = new Set<number>();
  for (let decile = 1; decile < deciles; decile++) {
    const knot = atMost.findIndex((rows) => rows >= (decile * count) / deciles);
    if (knot >= 0 && knot < knots.length - 1) edges.add(knot);
  }
  const cumulative = (rows: readonly number[], all: number) => [...[...edges].map((knot) => rows[knot] ?? 0), all];
  const differences = (rows: readonly number[]) => rows.map((count, i) => count - (rows[i - 1] ?? 0));
  return {
    reference: differences(cumulative(atMost, count)),
    current: differences(cumulative(current.atMost, current.count)),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

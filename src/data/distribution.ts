import { type Distribution, maxKnots } from "./profile.ts";

/** A value and how often it occurs. */
export interface Run {
  value: number;
  count: number;
}

/** Takes finite values in ascending order, so that the same values give the same bytes wherever they came from. */
export interface DistributionBuilder {
  add(value: number, count: number): void;
  /** Each once. */
  addAll(ascending: Float64Array): void;
  finish(): Distribution;
}

/** @param count of the values that will be added; @param greatest of them by magnitude, or any bound of it */
export function createDistributionBuilder(count: number, greatest: number): DistributionBuilder {
  // Powers of two change no digit, and squares of the largest numbers stay finite.
  const unit = 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(Math.abs(greatest) || 1))));
  const all: Knots = { knots: [], atMost: [] };
  const equiDepth: Knots = { knots: [], atMost: [] };
  let rank = 0;
  let value = Number.NaN;
  let run = 0;
  let seen = 0;
  let mean = 0;
  let squares = 0;

  function endRun() {
    if (run === 0) return;
    seen += run;
    const deviation = value / unit - mean;
    mean += deviation * (run / seen);
    squares += run * deviation * (value / unit - mean);
    if (all.knots.length <= maxKnots) push(all, value, seen);
    if (seen < wantedRank(rank, count)) return;
    push(equiDepth, value, seen);
    while (rank < maxKnots && wantedRank(rank, count) <= seen) rank++;
  }

  function add(next: number, times: number) {
    if (next === value) run += times;
    else {
      endRun();
      // Minus zero is zero.
      value = next + 0;
      run = times;
    }
  }

  return {
    add,
    addAll(ascending) {
      for (const next of ascending) add(next, 1);
    },
    finish() {
      endRun();
      if (seen !== count) throw new RangeError(`${count} values were announced and ${seen} came`);
      const isExact = all.knots.length <= maxKnots;
      const std = Math.sqrt(Math.max(0, squares) / Math.max(1, count)) * unit;
      return { count, ...(isExact ? all : equiDepth), isExact, mean: mean * unit, std };
    },
  };
}

/** @param values ascending and finite */
export function distributionOfSorted(values: Float64Array): Distribution {
  const builder = createDistributionBuilder(values.length, Math.max(Math.abs(values[0] ?? 0), Math.abs(values.at(-1) ?? 0)));
  builder.addAll(values);
  return builder.finish();
}

export function distributionOfRuns(runs: readonly Run[]): Distribution {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  const builder = createDistributionBuilder(
    count,
    runs.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0),
  );
  for (const { value, count: times } of runs) builder.add(value, times);
  return builder.finish();
}

/** The value of this rank, from 1, is a knot: equally many rows apart, from the first to the last. */
function wantedRank(knot: number, count: number): number {
  return Math.max(1, Math.ceil((knot * count) / (maxKnots - 1)));
}

interface Knots {
  knots: number[];
  atMost: number[];
}

function push({ knots, atMost }: Knots, value: number, count: number): void {
  knots.push(value);
  atMost.push(count);
}

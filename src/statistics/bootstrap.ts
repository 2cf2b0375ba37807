import type { Interval } from "./interval.ts";
import { quantileOfSorted } from "./moments.ts";
import { createRandom } from "./random.ts";
import { createResampler } from "./resampler.ts";

export const defaultResamples = 2_000;
export const bootstrapSeed = 20_260_101;
/** A statistic that is undefined in more of the resamples than this has no interval that can be trusted. */
const tolerableUndefined = 0.01;

/**
 * 95% percentile bootstrap over rows (Efron 1979).
 * @param statistic of the rows, each counted `weights[row]` times; NaN where undefined. The array is reused.
 * @returns undefined when the statistic is undefined in too many resamples
 */
export function bootstrapRows(
  rows: number,
  statistic: (weights: Uint8Array) => number,
  resamples: number = defaultResamples,
): Interval | undefined {
  const resample = createResampler(bootstrapSeed);
  const weights = new Uint8Array(rows);
  return percentiles(resamples, () => {
    resample(weights);
    return statistic(weights);
  });
}

/**
 * As `bootstrapRows` for a statistic that depends on the rows only by how many fall into each of some cells: a resample of
 * the rows is a multinomial draw of the cells, so its cost does not depend on the number of rows.
 * @param statistic of resampled cell counts. The array is reused.
 */
export function bootstrapCells(
  cells: ArrayLike<number>,
  statistic: (counts: Float64Array) => number,
  resamples: number = defaultResamples,
): Interval | undefined {
  const random = createRandom(bootstrapSeed);
  const counts = Float64Array.from(cells);
  const rows = counts.reduce((total, count) => total + count, 0);
  const shares = Float64Array.from(cells);
  let rest = rows;
  for (let cell = 0; cell < shares.length; cell++) {
    const count = cells[cell] ?? 0;
    shares[cell] = rest > 0 ? count / rest : 0;
    rest -= count;
  }
  return percentiles(resamples, () => {
    let left = rows;
    for (let cell = 0; cell < shares.length; cell++) {
      const drawn = random.binomial(left, shares[cell] ?? 0);
      counts[cell] = drawn;
      left -= drawn;
    }
    return statistic(counts);
  });
}

function percentiles(resamples: number, draw: () => number): Interval | undefined {
  return percentileInterval(Float64Array.from({ length: resamples }, draw));
}

/** 95% interval of a statistic by its values in the resamples; undefined when too many of them are NaN. */
export function percentileInterval(drawn: Float64Array): Interval | undefined {
  const defined = drawn.filter((value) => Number.isFinite(value)).sort();
  if (defined.length < drawn.length * (1 - tolerableUndefined)) return undefined;
  return { low: quantileOfSorted(defined, 0.025), high: quantileOfSorted(defined, 0.975) };
}

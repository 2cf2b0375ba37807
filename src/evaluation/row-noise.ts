import { effectiveGroups, type Groups, groupInfluence } from "../statistics/groups.ts";
import { degreesOfFreedom, standardDeviation } from "../statistics/moments.ts";
import type { Metric } from "./metric.ts";
import type { Rows } from "./rows.ts";

/** The trained models of one side on the same rows, one a seed. */
export type Trainings = readonly Rows[];

/** How a sum of the sides' metrics, each the mean of its trainings, would vary over other rows, or groups of rows, of the same kind. */
export interface RowNoise {
  method: string;
  /** @param shares of the sides in the sum, in their order */
  of(shares: readonly number[]): Noise;
}

export interface Noise {
  /** Standard error. */
  error: number;
  /** Of the error. */
  degreesOfFreedom: number;
}

/** By influence, which honours weights; undefined where the metric has none. */
export function rowNoise({ influence }: Metric, sides: readonly Trainings[], groups: Groups | undefined): RowNoise | undefined {
  if (influence === undefined) return undefined;
  const each = once(() =>
    sides.map((trainings) => {
      const average = sumOf(trainings.map((rows) => ({ values: influence(rows), share: 1 / trainings.length })));
      return groups ? groupInfluence(average, groups) : average;
    }),
  );
  const first = sides[0]?.[0];
  const mostDegrees = once(() => Math.max(1, effectiveGroups(first?.count ?? 0, groups, first?.weights) - 1));
  return {
    method: groups ? "delta method over groups" : "delta method",
    of(shares) {
      const sum = sumOf(each().map((values, side) => ({ values, share: shares[side] ?? 0 })));
      const error = standardDeviation(sum) / Math.sqrt(sum.length);
      return { error, degreesOfFreedom: Math.min(degreesOfFreedom(sum), mostDegrees()) };
    },
  };
}

function sumOf(parts: readonly { values: Float64Array; share: number }[]): Float64Array {
  const sum = new Float64Array(parts[0]?.values.length ?? 0);
  for (const { values, share } of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + share * (values[i] ?? 0);
  return sum;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

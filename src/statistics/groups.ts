import { mean, sum } from "./moments.ts";

/** Rows of one group, such as those of a user or repeats of a question, are not independent; groups are. */
export interface Groups {
  /** Of each row the number of its group, from 0 without gaps. */
  of: Int32Array;
  count: number;
}

/**
 * Influence of each group on a statistic: that of its rows added up, times groups over rows, so that the mean over groups is to
 * groups what the mean over rows is to rows. Its standard deviation over √groups is the cluster-robust standard error of Liang
 * and Zeger (1986), and Obuchowski's (1997) for the AUC.
 * @param influence of the rows, up to a constant added to all of it
 */
export function groupInfluence(influence: Float64Array, { of, count }: Groups): Float64Array {
  const centre = mean(influence);
  const scale = count / influence.length;
  const totals = new Float64Array(count);
  for (let row = 0; row < influence.length; row++) {
    const group = of[row] ?? 0;
    totals[group] = (totals[group] ?? 0) + scale * ((influence[row] ?? 0) - centre);
  }
  return totals;
}

/**
 * How many groups of one size say as much as these: (Σm)² / Σm² of their sizes m, or total weights (Kish 1965; for clusters
 * Carter, Schnepel and Steigerwald 2017). A few large groups among many leave a t with few degrees of freedom.
 */
export function effectiveGroups(rows: number, groups: Groups | undefined, weights: Float64Array | undefined): number {
  const sizes = new Float64Array(groups?.count ?? rows);
  for (let row = 0; row < rows; row++) {
    const group = groups?.of[row] ?? row;
    sizes[group] = (sizes[group] ?? 0) + (weights?.[row] ?? 1);
  }
  const total = sum(sizes);
  return (total * total) / sum(sizes.map((size) => size * size));
}

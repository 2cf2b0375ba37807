/** Shares of the same classes, each side adding up to 1. */
type Shares = ArrayLike<number>;

/**
 * Jensen-Shannon distance of two samples: the square root of the divergence, natural logarithm; 0 to √ln 2.
 * As `scipy.spatial.distance.jensenshannon`.
 * @param first, second counts or shares of the same classes; NaN where a side has nothing
 */
export function jensenShannonDistance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const [rows, others] = [total(first), total(second)];
  let sum = 0;
  for (let i = 0; i < first.length; i++) {
    const p = (first[i] ?? 0) / rows;
    const q = (second[i] ?? 0) / others;
    const middle = (p + q) / 2;
    if (p > 0) sum += p * Math.log(p / middle);
    if (q > 0) sum += q * Math.log(q / middle);
  }
  return Math.sqrt(Math.max(0, sum / 2));
}

/** Kullback-Leibler divergence Σ p ln(p/q), natural logarithm; Infinity where q is 0 and p is not. */
export function kullbackLeibler(p: Shares, q: Shares): number {
  const [all, others] = [total(p), total(q)];
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const share = (p[i] ?? 0) / all;
    if (share > 0) sum += share * Math.log(share / ((q[i] ?? 0) / others));
  }
  return sum;
}

/**
 * Population stability index Σ (p − q) ln(p/q). Where a share is 0 it is Infinity: what tools put in the place of zeros, and how they
 * choose classes, is what their definitions differ in.
 */
export function populationStability(p: Shares, q: Shares): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [ours, theirs] = [p[i] ?? 0, q[i] ?? 0];
    if (ours !== theirs) sum += (ours - theirs) * Math.log(ours / theirs);
  }
  return sum;
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}

/**
 * Adjusted p-values by Benjamini and Hochberg (1995), also right under positive dependence: rejecting all below α keeps the
 * expected share of false ones among the rejected at or below α, and where nothing is different the chance of rejecting any. As
 * `scipy.stats.false_discovery_control`.
 * @param pValues of a family, each in [0, 1]
 * @returns in the order given, each at least as large as what it was
 */
export function falseDiscoveryAdjusted(pValues: readonly number[]): number[] {
  const tests = pValues.length;
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(tests).fill(1);
  let least = 1;
  for (const [place, i] of order.entries()) {
    least = Math.min(least, ((pValues[i] ?? 1) * tests) / (tests - place));
    adjusted[i] = least;
  }
  return adjusted;
}

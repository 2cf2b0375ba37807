/** `independent`: Benjamini and Hochberg (1995), also right under positive dependence; `any`: Benjamini and Yekutieli (2001). */
export type Dependence = "independent" | "any";

/**
 * Adjusted p-values: rejecting all below α keeps the expected share of false ones among the rejected at or below α, and where
 * nothing is different the chance of rejecting any. As `scipy.stats.false_discovery_control`.
 * @param pValues of a family, each in [0, 1]
 * @returns in the order given, each at least as large as what it was
 */
export function falseDiscoveryAdjusted(pValues: readonly number[], dependence: Dependence = "independent"): number[] {
  const tests = pValues.length;
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const factor = correctionFactor(tests, dependence);
  const adjusted = new Array<number>(tests).fill(1);
  let least = 1;
  for (const [place, i] of order.entries()) {
    least = Math.min(least, ((pValues[i] ?? 1) * factor) / (tests - place));
    adjusted[i] = least;
  }
  return adjusted;
}

/** What the smallest of so many p-values is multiplied with. */
export function correctionFactor(tests: number, dependence: Dependence): number {
  if (dependence === "independent") return tests;
  let harmonic = 0;
  for (let i = 1; i <= tests; i++) harmonic += 1 / i;
  return tests * harmonic;
}

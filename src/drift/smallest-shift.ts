import { ksQuantile } from "../statistics/kolmogorov-smirnov.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { falseDiscoveryRate, limits } from "./limits.ts";

/** In standard errors √(1/n + 1/m): by so much a true D has to lie above what is called drift to be found in 9 of 10. Simulated. */
const aboveCritical = 0.3;

/**
 * The smallest shift of one normal column, in standard deviations, that is found in 9 of 10 cases when no other column drifts.
 * @param factor that the smallest p-value is multiplied with
 * @returns undefined where no shift would be found
 */
export function smallestShift(reference: number, current: number, factor: number): number | undefined {
  if (reference === 0 || current === 0) return undefined;
  const critical = Math.max(limits.ks, ksQuantile(falseDiscoveryRate / Math.max(1, factor), reference, current));
  const difference = critical + aboveCritical * Math.sqrt(1 / reference + 1 / current);
  // Two normal distributions a shift of s apart differ by at most 2Φ(s/2) − 1.
  const shift = 2 * normalQuantile((1 + difference) / 2);
  return Number.isFinite(shift) ? shift : undefined;
}

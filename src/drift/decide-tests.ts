import type { DriftTest } from "../evidence/data-evidence.ts";
import { falseDiscoveryAdjusted } from "../statistics/false-discovery.ts";
import { type Candidate, isOverLimit } from "./candidate.ts";
import { falseDiscoveryRate } from "./limits.ts";

/** A p-value of the first draws that is larger than this does not come below the rate by more draws. */
const hopeless = 0.1;
/** Draws for a p-value that could be significant: at least, and at most while it is not known that more are needed. */
const [leastDraws, usualDraws] = [999, 4_999];
/** Enough for a single drifted column among 50,000 tests. */
const mostDraws = 999_999;

/** Tests that p-values are corrected for. */
export function countedTests(candidates: readonly Candidate[]): number {
  return candidates.filter(({ counts }) => counts).length;
}

/** @param columns the tests of each */
export function decideTests(columns: readonly (readonly Candidate[])[]): DriftTest[][] {
  const counted = columns.flat().filter(({ counts }) => counts);
  const pValues = new Map<Candidate, number>(counted.map((candidate) => [candidate, candidate.pValue]));
  // Below, a p-value as small as draws can show is not significant even where it is the only one.
  const neededDraws = Math.min(mostDraws, Math.ceil(counted.length / falseDiscoveryRate) - 1);
  const draws = Math.max(leastDraws, Math.min(usualDraws, neededDraws));
  for (const candidate of counted) {
    const p = couldBeSignificant(candidate, counted.length) ? candidate.permute?.(draws) : undefined;
    if (p !== undefined) pValues.set(candidate, p);
  }
  let adjusted = adjust(pValues);
  const starved = counted.filter((candidate) => isStarved(candidate, pValues, adjusted, draws));
  if (draws < neededDraws && starved.length > 0) {
    for (const candidate of starved) pValues.set(candidate, candidate.permute?.(neededDraws) ?? candidate.pValue);
    adjusted = adjust(pValues);
  }
  return columns.map((candidates) => candidates.map((candidate) => decided(candidate, pValues, adjusted)));
}

function couldBeSignificant(candidate: Candidate, tests: number): boolean {
  if (candidate.permute === undefined || !isOverLimit(candidate)) return false;
  // Of ties the p-value is too large, so that one that is small enough needs no draws.
  return candidate.measure === "ks" ? candidate.pValue > falseDiscoveryRate / tests : candidate.pValue <= hopeless;
}

/** No drawn table was as far out, and that is still not significant for want of draws. */
function isStarved(
  candidate: Candidate,
  pValues: ReadonlyMap<Candidate, number>,
  adjusted: ReadonlyMap<Candidate, number>,
  draws: number,
): boolean {
  const isLeast = (pValues.get(candidate) ?? 1) * (draws + 1) < 1.5;
  return (
    candidate.permute !== undefined && isOverLimit(candidate) && isLeast && (adjusted.get(candidate) ?? 1) > falseDiscoveryRate
  );
}

function adjust(pValues: ReadonlyMap<Candidate, number>): Map<Candidate, number> {
  const adjusted = falseDiscoveryAdjusted([...pValues.values()]);
  return new Map([...pValues.keys()].map((candidate, i) => [candidate, adjusted[i] ?? 1]));
}

function decided(
  candidate: Candidate,
  pValues: ReadonlyMap<Candidate, number>,
  allAdjusted: ReadonlyMap<Candidate, number>,
): DriftTest {
  const { of, measure, value, limit, noise, shift } = candidate;
  const adjusted = allAdjusted.get(candidate) ?? 1;
  return {
    ...{ of, measure, value, limit },
    ...(noise === undefined ? {} : { noise }),
    ...(shift === undefined ? {} : { shift }),
    ...{ pValue: pValues.get(candidate) ?? 1, adjusted },
    drifted: isOverLimit(candidate) && adjusted <= falseDiscoveryRate,
  };
}

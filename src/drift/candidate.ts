import type { DriftTest } from "../evidence/data-evidence.ts";

/** A test before it is known how many tests there are, and so before it is decided. */
export interface Candidate {
  of: DriftTest["of"];
  measure: string;
  value: number;
  limit: number;
  noise?: number | undefined;
  shift?: number | undefined;
  pValue: number;
  /**
   * Whether the test could have found anything, seen from both sides together: one that cannot, such as of missing values where
   * none are missing, does not count among the tests that p-values are corrected for.
   */
  counts: boolean;
  /** Where p comes from permutations: draws so many in all and gives the new p. */
  permute?: ((draws: number) => number) | undefined;
}

export function isOverLimit({ value, limit }: Pick<Candidate, "value" | "limit">): boolean {
  return value > limit;
}

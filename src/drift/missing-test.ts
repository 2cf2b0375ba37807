import { fisherExact } from "../statistics/hypergeometric.ts";
import { z95 } from "../statistics/normal.ts";
import type { Candidate } from "./candidate.ts";
import { limits } from "./limits.ts";

/** Rows without a value, or with an infinite one, as counts of both sides. The exact test: few of few rows are nowhere near a normal distribution. */
export function missingTest(
  missing: readonly [number, number],
  rows: readonly [number, number],
  of: "missing" | "infinite" = "missing",
): Candidate {
  const pooled = (missing[0] + missing[1]) / (rows[0] + rows[1]);
  return {
    ...{ of, measure: "share", limit: limits.missing },
    value: Math.abs(missing[1] / rows[1] - missing[0] / rows[0]),
    noise: z95 * Math.sqrt(pooled * (1 - pooled) * (1 / rows[0] + 1 / rows[1])),
    pValue: fisherExact(missing, rows),
    counts: pooled > 0 && pooled < 1,
  };
}

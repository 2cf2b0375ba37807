import type { Comparison } from "../../evidence/evidence.ts";
import { comparisonCells } from "../comparison-cells.ts";

/** `0.80 became 0.75 (−0.05), and the true change lies between −0.07 and −0.03, …`, for what has an interval. */
export function changeInWords(comparison: Comparison): string {
  const [before, after, change, interval] = comparisonCells(comparison);
  return `${before} became ${after} (${change}), and the true change lies between ${interval.replace(" to ", " and ")}, as it does in 19 of 20 such comparisons`;
}

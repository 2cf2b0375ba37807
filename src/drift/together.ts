import type { TogetherDrift } from "./domain-classifier/domain-classifier.ts";

/** All columns of two tables together, or why nothing is known of them. */
export type Together = TogetherDrift | string;

export function isTogetherDrifted(together: Together | undefined): boolean {
  return typeof together === "object" && together.drifted;
}

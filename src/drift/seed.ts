import type { ColumnProfile } from "../data/profile.ts";
import type { ColumnCounts } from "../data/profile-counts.ts";

/** A seed that follows from what is compared, so that the same data gives the same p-values (FNV-1a). */
export function seedOf(reference: ColumnProfile, current: ColumnCounts): number {
  let hash = 0x811c9dc5;
  const add = (number: number) => {
    hash = Math.imul(hash ^ (number & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (number >>> 16), 0x01000193);
  };
  for (let i = 0; i < reference.name.length; i++) add(reference.name.charCodeAt(i));
  if ("counts" in reference) for (const { count } of reference.counts.values) add(count);
  else for (const count of reference.distribution.atMost) add(count);
  if ("counts" in current) for (const count of current.counts.values) add(count);
  else if ("distribution" in current) for (const count of current.distribution.atMost) add(count);
  return hash >>> 0;
}

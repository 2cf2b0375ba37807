import { createHash } from "node:crypto";
import { maxCategories, maxValueLength, type ValueCounts } from "./profile.ts";

/** The most frequent values, ties in the order of their code points, as a database orders them. */
export function valueCountsOf(found: ReadonlyMap<string, number>): ValueCounts {
  const sorted = [...found].map(([value, count]) => ({ value, count })).sort(byFrequency);
  const rest = sorted.slice(maxCategories);
  return {
    values: sorted.slice(0, maxCategories),
    others: { distinct: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) },
  };
}

export function byFrequency(a: { value: string; count: number }, b: typeof a): number {
  return b.count - a.count || compareCodePoints(a.value, b.value);
}

/** What a value is called in a profile: itself, unless it is very long. */
export function shortValue(value: string): string {
  if (value.length <= maxValueLength) return value;
  const start = [...value.slice(0, 2 * maxValueLength + 2)];
  if (start.length <= maxValueLength) return value;
  return `${start.slice(0, maxValueLength).join("")}…${createHash("sha256").update(value).digest("hex").slice(0, 16)}`;
}

export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that fit one unit. */
function rank(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

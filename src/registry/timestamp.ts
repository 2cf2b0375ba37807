import type { GitTag } from "../git/tags.ts";

/** The first moment of year 1 and of year 10000, in seconds since 1970: what can be written as a date. */
const [firstSecond, pastSeconds] = [-62_135_596_800, 253_402_300_800];

/** Git takes any number as a tagger's time, and any zone; neither Python nor ISO 8601 does, so such a tag counts for nothing. */
export function isDated({ taggedAt, offsetMinutes }: Pick<GitTag, "taggedAt" | "offsetMinutes">): boolean {
  const local = taggedAt + offsetMinutes * 60;
  return Math.min(taggedAt, local) >= firstSecond && Math.max(taggedAt, local) < pastSeconds && Math.abs(offsetMinutes) < 24 * 60;
}

/** As Python writes it: `2026-05-04T09:30:00+02:00`. @param tag that is dated */
export function timestamp({ taggedAt, offsetMinutes }: Pick<GitTag, "taggedAt" | "offsetMinutes">): string {
  const local = new Date((taggedAt + offsetMinutes * 60) * 1_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

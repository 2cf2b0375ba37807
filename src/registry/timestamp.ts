import type { GitTag } from "../git/tags.ts";

/** As Python writes it: `2026-05-04T09:30:00+02:00`. */
export function timestamp({ taggedAt, offsetMinutes }: Pick<GitTag, "taggedAt" | "offsetMinutes">): string {
  const local = new Date((taggedAt + offsetMinutes * 60) * 1_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * ISO 8601 as tools write it: a day, or a day and a time with `T` or a blank between them, and after seconds maybe an offset.
 * In the syntax of JavaScript and of RE2 alike.
 */
export const timePattern =
  "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])([T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)?)?)?";

const wholeTime = new RegExp(`^${timePattern}$`);

/** Milliseconds since 1970 in UTC, without what is smaller; a time without an offset is in UTC. Undefined for anything else, such as 30 February. */
export function parseTime(text: string): number | undefined {
  if (text.length < 10 || text.length > 35 || !wholeTime.test(text)) return undefined;
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day) || new Date(day).getUTCDate() !== Number(text.slice(8, 10))) return undefined;
  const [, hours, minutes, seconds, fraction, offset] = clock.exec(text.slice(10)) ?? [];
  const local = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  const micros = Number((fraction ?? "").slice(0, 6).padEnd(6, "0"));
  const whole = day + local * 1_000 - offsetOf(offset) + Math.floor(micros / 1_000);
  return whole < 0 && micros % 1_000 > 0 ? whole + 1 : whole;
}

const clock = /^.(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(.*)$/;

function offsetOf(offset: string | undefined): number {
  if (!offset || offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + (offset.length > 3 ? Number(offset.slice(-2)) : 0);
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

import { UsageError } from "../../errors/errors.ts";
import { quoted } from "../table-request.ts";
import { type OpenTable, placeOf, readingOf } from "./open-table.ts";
import type { StoredTable } from "./stored-columns.ts";

/** What comes round in the calendar, in UTC. */
export const calendarCycles = ["hour", "weekday", "month"] as const;
export type CalendarCycle = (typeof calendarCycles)[number];

/** Which hours of the day, days of the week or months of the year the times of a column lie in. */
export interface CalendarPlaces {
  column: string;
  cycle: CalendarCycle;
  /** From 0. */
  places: readonly number[];
}

/** Of times as milliseconds since 1970, which was a Thursday. */
const placeInCycle: Readonly<Record<CalendarCycle, (time: string) => string>> = {
  hour: (time) => `((CAST(floor(${time} / 3600000) AS BIGINT) % 24) + 24) % 24`,
  weekday: (time) => `((CAST(floor(${time} / 86400000) AS BIGINT) + 3) % 7 + 7) % 7`,
  month: (time) => `month(epoch_ms(CAST(${time} AS BIGINT))) - 1`,
};

/** @throws UsageError when the column is not there or holds no times */
export async function calendarPlaces(table: OpenTable, column: string, cycle: CalendarCycle): Promise<CalendarPlaces> {
  const { at, place } = timesOf(table, column, cycle);
  const rows = await table.session.rows(`SELECT DISTINCT ${at} AS p FROM ${table.stored.from([place])} ORDER BY p`);
  return { column, cycle, places: rows.flatMap(([found]) => (found === null || found === undefined ? [] : [Number(found)])) };
}

/** The rows whose times lie in the same of them, as a table of its own. */
export async function rowsDuring(table: OpenTable, { column, cycle, places }: CalendarPlaces): Promise<StoredTable> {
  const { at, place } = timesOf(table, column, cycle);
  const { stored } = table;
  const where = places.length === 0 ? "false" : `${at} IN (${places.join(", ")})`;
  const from = (asked: readonly number[]) => `(SELECT * FROM ${stored.from([...new Set([...asked, place])])} WHERE ${where})`;
  const [[rows = 0] = []] = await table.session.rows(`SELECT count(*) FROM ${from([])}`);
  return { ...stored, rows: Number(rows), from };
}

function timesOf(table: OpenTable, column: string, cycle: CalendarCycle): { at: string; place: number } {
  const place = placeOf(table, column);
  if (table.kinds[place] !== "time")
    throw new UsageError(`Column ${quoted([column])} holds no times of ISO 8601, of which there is a ${cycle}.`);
  return { at: placeInCycle[cycle](readingOf(table, place, "time").value), place };
}

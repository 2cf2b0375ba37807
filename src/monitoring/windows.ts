import { nameOfPeriod, type Period, startOfPeriod } from "../data/periods.ts";

/** Rows of a table, by position, that are looked at together. */
export interface Window {
  /** For people: `1–5,000`, or the column's value. */
  name: string;
  rows: Uint32Array;
}

/** So many rows each, so many windows, one for each value of a column, or one for each period of its times (NaN where there is none). */
export type Windowing =
  | { size: number }
  | { number: number }
  | { by: readonly (string | null)[] }
  | { times: Float64Array; period: Period };

/** @param order positions of the rows, as they are to be cut */
export function windowsOf(order: Uint32Array, windowing: Windowing): Window[] {
  if ("by" in windowing) return byValue(order, windowing.by);
  if ("times" in windowing) return byPeriod(order, windowing.times, windowing.period);
  const size = "size" in windowing ? windowing.size : Math.max(1, Math.ceil(order.length / windowing.number));
  const count = Math.ceil(order.length / size);
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * size, Math.min(order.length, (i + 1) * size)];
    return { name: `${(from + 1).toLocaleString("en-US")}–${to.toLocaleString("en-US")}`, rows: order.subarray(from, to) };
  });
}

/** In the order in which the values come first; rows without one are left out. */
function byValue(order: Uint32Array, values: readonly (string | null)[]): Window[] {
  const places = new Map<string, number[]>();
  for (const row of order) {
    const value = values[row] ?? null;
    if (value === null) continue;
    const rows = places.get(value);
    if (rows === undefined) places.set(value, [row]);
    else rows.push(row);
  }
  return [...places].map(([name, rows]) => ({ name, rows: Uint32Array.from(rows) }));
}

/** The earliest first, each with its rows in their order; rows without a time are left out. */
function byPeriod(order: Uint32Array, times: Float64Array, period: Period): Window[] {
  const rows = new Map<number, number[]>();
  for (const row of order) {
    const time = times[row] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    const start = startOfPeriod(time, period);
    const found = rows.get(start);
    if (found === undefined) rows.set(start, [row]);
    else found.push(row);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([start, found]) => ({ name: nameOfPeriod(start, period), rows: Uint32Array.from(found) }));
}

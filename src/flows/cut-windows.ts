import type { Period } from "../data/periods.ts";
import type { Column, Table } from "../data/table.ts";
import { parseTime } from "../data/time-text.ts";
import { UsageError } from "../errors/errors.ts";
import { type Window, type Windowing, windowsOf } from "../monitoring/windows.ts";
import { sentence } from "./called.ts";
import type { MonitorFilesRequest } from "./monitor-files.ts";
import { columnOf, rowName, textsOf } from "./predictions-table.ts";

/** More windows than this are an id or a time as `by`. */
const mostWindows = 500;

/** @throws UsageError where there is none, or there are too many */
export function cutWindows(table: Table, request: MonitorFilesRequest): Window[] {
  const { windows, order, called } = request;
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (order !== undefined) sortRows(rows, columnOf(table, order));
  const found = windowsOf(rows, "by" in windows ? byColumn(table, windows, request.current) : windows);
  if (found.length === 0 && "by" in windows)
    throw new UsageError(sentence(`${called("by")}: no row has a value in column ${windows.by}.`));
  if (found.length > mostWindows)
    throw new UsageError(`There are ${found.length} windows, and at most ${mostWindows} are looked at. Take larger ones.`);
  return found;
}

function byColumn(table: Table, { by, period }: { by: string; period?: Period | undefined }, file: string): Windowing {
  const values = textsOf(table, by);
  if (period === undefined) return { by: values };
  const timeOf = (value: string | null, row: number) => {
    const time = value === null ? Number.NaN : parseTime(value);
    if (time !== undefined) return time;
    throw new UsageError(
      `${file}: column ${by} holds no day or time of ISO 8601 in ${rowName(row)}, of which periods are: 2026-03-14.`,
    );
  };
  return { times: Float64Array.from(values, timeOf), period };
}

/** Numbers by size, other values as text, as which ISO's times are in order; rows without one come last. */
function sortRows(rows: Uint32Array, column: Column | undefined): void {
  if (column?.kind === "number") {
    const size = (row: number) => (Number.isNaN(column.values[row]) ? Number.POSITIVE_INFINITY : (column.values[row] ?? 0));
    rows.sort((a, b) => (size(a) === size(b) ? a - b : size(a) < size(b) ? -1 : 1));
  } else if (column !== undefined) {
    const last = "\u{10ffff}";
    const text = (row: number) => column.values[row] ?? last;
    rows.sort((a, b) => (text(a) === text(b) ? a - b : text(a) < text(b) ? -1 : 1));
  }
}

import { UsageError } from "../errors/errors.ts";
import { parseBoolean, typeOfStrings, typeOfTexts } from "./column-type.ts";
import { distributionOfSorted } from "./distribution.ts";
import { isMissingMarker, parseNumber } from "./number-text.ts";
import type { ColumnProfile, ColumnType, Profile } from "./profile.ts";
import { type ColumnCounts, countCategories, createKnotCounter, type TableCounts } from "./profile-counts.ts";
import type { Column, Table } from "./table.ts";
import { quoted } from "./table-request.ts";
import { parseTime } from "./time-text.ts";
import { shortValue, valueCountsOf } from "./value-counts.ts";

/**
 * The profile of a table in memory: the same as that of a dataset with these columns.
 * @param types of columns where what they hold shall not decide
 */
export function profileTable(table: Table, types: ReadonlyMap<string, ColumnType> = new Map()): Profile {
  const columns = table.columns.map((column): ColumnProfile => {
    const read = readColumn(column, types.get(column.name));
    const { name, missing, mistyped } = read;
    if (mistyped > 0)
      throw new UsageError(`Column ${quoted([name])} was to be read as ${read.type}, but ${mistyped} of its values are not.`);
    switch (read.type) {
      case "number":
        return {
          type: read.type,
          name,
          missing,
          infinite: read.infinite,
          distribution: distributionOfSorted(read.values.toSorted()),
        };
      case "time":
        return { type: read.type, name, missing, distribution: distributionOfSorted(read.values.toSorted()) };
      case "text":
        return {
          type: read.type,
          name,
          missing,
          distinct: read.distinct,
          distribution: distributionOfSorted(read.values.toSorted()),
        };
      default:
        return { type: read.type, name, missing, counts: valueCountsOf(read.found) };
    }
  });
  return { schema: "assay.profile/v1", rows: table.rows, columns };
}

/** A table in memory, counted at the knots and categories of a profile and by its types. */
export function countTable(profile: Profile, table: Table): TableCounts {
  const columns = profile.columns.map((reference): ColumnCounts => {
    const column = table.columns.find(({ name }) => name === reference.name);
    if (!column) return { type: "absent", name: reference.name };
    const read = readColumn(column, reference.type);
    const { name, missing, mistyped } = read;
    if ("counts" in reference) {
      const found = "found" in read ? read.found : new Map<string, number>();
      return { type: reference.type, name, missing, mistyped, counts: countCategories(reference.counts.values, found) };
    }
    const counter = createKnotCounter(reference.distribution.knots);
    if ("values" in read) counter.add(read.values);
    const { distribution } = counter.counts();
    return reference.type === "number"
      ? { type: reference.type, name, missing, mistyped, infinite: "infinite" in read ? read.infinite : 0, distribution }
      : { type: reference.type, name, missing, mistyped, distribution };
  });
  const known = new Set(profile.columns.map(({ name }) => name));
  return { rows: table.rows, columns, added: table.columns.map(({ name }) => name).filter((name) => !known.has(name)) };
}

type ReadColumn = { name: string; missing: number; mistyped: number } & (
  | { type: "number"; values: Float64Array; infinite: number }
  | { type: "time"; values: Float64Array }
  | { type: "text"; values: Float64Array; distinct: number }
  | { type: "category" | "boolean"; found: ReadonlyMap<string, number> }
);

/** Finite values or counts of values by a type; without one, by what the column holds. */
function readColumn(column: Column, wanted: ColumnType | undefined): ReadColumn {
  const { name } = column;
  if (column.kind === "number" && (wanted ?? "number") === "number") {
    const values = column.values.filter(Number.isFinite);
    const missing = countOf(column.values, Number.isNaN);
    return { type: "number", name, missing, mistyped: 0, values, infinite: column.values.length - values.length - missing };
  }
  const texts = column.kind === "number" ? Array.from(column.values, numberAsText) : column.values;
  const present = texts.filter((text) => text !== null && text !== "") as string[];
  const missing = texts.length - present.length;
  const type = wanted ?? typeOfTexts(present);
  if (type === "number") {
    const numbers = present.filter((text) => !isMissingMarker(text)).map(parseNumber);
    const values = Float64Array.from(numbers.filter((value) => value !== undefined && Number.isFinite(value)) as number[]);
    const markers = present.length - numbers.length;
    const mistyped = countOf(numbers, (value) => value === undefined);
    return { type, name, missing: missing + markers, mistyped, values, infinite: numbers.length - mistyped - values.length };
  }
  if (type === "time") {
    const values = Float64Array.from(present.map((text) => parseTime(text) ?? Number.NaN)).filter(Number.isFinite);
    return { type, name, missing, mistyped: present.length - values.length, values };
  }
  if (type === "boolean") {
    const values = present.map(parseBoolean).filter((value) => value !== undefined);
    return { type, name, missing, mistyped: present.length - values.length, found: frequencies(values) };
  }
  const found = frequencies(present);
  if ((type === "string" ? typeOfStrings(found.size, present.length) : type) === "category") {
    const short = new Map([...found].map(([value, count]) => [shortValue(value), count]));
    return { type: "category", name, missing, mistyped: 0, found: short };
  }
  return { type: "text", name, missing, mistyped: 0, values: Float64Array.from(present, codePoints), distinct: found.size };
}

function frequencies(values: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function numberAsText(value: number): string | null {
  return Number.isNaN(value) ? null : String(value);
}

function countOf<T>(values: Iterable<T>, test: (value: T) => boolean): number {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return count;
}

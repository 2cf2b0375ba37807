import { type ColumnType, columnTypes } from "./profile.ts";
import { parseTime } from "./time-text.ts";

/**
 * The type of a column of texts that are not all numbers: `boolean` when every value is true or false in any case, `time` when
 * every value is a day or a time of ISO 8601, else `text` or `category`.
 * @param values without the missing ones, at least one
 */
export function typeOfTexts(values: Iterable<string>): "boolean" | "time" | "string" {
  let type: "boolean" | "time" | undefined;
  for (const value of values) {
    const found = parseBoolean(value) !== undefined ? "boolean" : parseTime(value) !== undefined ? "time" : undefined;
    if (found === undefined || (type ?? found) !== found) return "string";
    type = found;
  }
  return type ?? "string";
}

/** A column and what it holds, `postcode=category`; undefined where it is none. */
export function parseTypedColumn(written: string): [column: string, type: ColumnType] | undefined {
  const at = written.lastIndexOf("=");
  const type = columnTypes.find((known) => known === written.slice(at + 1).trim());
  return at < 1 || type === undefined ? undefined : [written.slice(0, at).trim(), type];
}

export function parseBoolean(text: string): "true" | "false" | undefined {
  if (text.length > 5) return undefined;
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower : undefined;
}

/** Texts of which more than half differ are looked at by their length; up to so many values are always categories. */
export const fewCategories = 10;

export function typeOfStrings(distinct: number, count: number): ColumnType & ("category" | "text") {
  return distinct > fewCategories && distinct > count / 2 ? "text" : "category";
}

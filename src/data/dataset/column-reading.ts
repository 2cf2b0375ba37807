import { sqlText } from "../duckdb.ts";
import { longestMarker, missingMarkers } from "../number-text.ts";
import { type ColumnType, maxValueLength } from "../profile.ts";
import { timePattern } from "../time-text.ts";
import type { ColumnKind } from "./dataset.ts";
import type { Storage } from "./stored-columns.ts";

/** SQL expressions that read a stored column as a type. */
export interface ColumnReading {
  /** DOUBLE for `number`, `time` (milliseconds since 1970) and `text` (length in code points), else VARCHAR; NULL where missing or mistyped. */
  value: string;
  /** One of `valueStates`; undefined where nothing can be mistyped. Written so that the value is computed once. */
  state: string | undefined;
}

/** Equal to itself, as DuckDB has it. */
const notANumber = "CAST('NaN' AS DOUBLE)";

/** What may stand in a row, as bits. */
export const valueStates = { missing: 1, value: 2, marker: 4, mistyped: 8 } as const;

/** @param column its name in SQL, such as `c3` */
export function readColumnAs(type: ColumnType, storage: Storage, column: string): ColumnReading {
  if (type === "category") return { value: textOf(storage, column), state: undefined };
  if (type === "text") return { value: `CAST(length(${textOf(storage, column)}) AS DOUBLE)`, state: undefined };
  if (storage === "text") return readText(type, column);
  if (type === "number" && (storage === "number" || storage === "integer"))
    return { value: `CAST(${column} AS DOUBLE)`, state: undefined };
  if (type === "time" && storage === "time")
    return { value: `CASE WHEN isfinite(${column}) THEN CAST(epoch_ms(${column}) AS DOUBLE) END`, state: undefined };
  if (type === "boolean" && storage === "boolean") return { value: `CAST(${column} AS VARCHAR)`, state: undefined };
  const { missing, mistyped } = valueStates;
  return {
    value: `CAST(NULL AS ${type === "boolean" ? "VARCHAR" : "DOUBLE"})`,
    state: `CASE WHEN ${textOf(storage, column)} IS NULL THEN ${missing} ELSE ${mistyped} END`,
  };
}

function readText(type: ColumnKind, column: string): ColumnReading {
  const value = valueOfText[type as Exclude<ColumnKind, "string">](column);
  const { missing, value: isThere, marker, mistyped } = valueStates;
  const markers = type === "number" ? `WHEN ${isMarker(column)} THEN ${marker}` : "";
  return {
    value,
    state: `CASE WHEN ${column} IS NULL OR ${column} = '' THEN ${missing} WHEN ${value} IS NOT NULL THEN ${isThere} ${markers} ELSE ${mistyped} END`,
  };
}

/**
 * Of a column all of whose values are known to be of the type, or markers: without the checks, which cost more than the reading.
 */
export function readCertain(type: ColumnType, storage: Storage, column: string): ColumnReading {
  if (storage === "text" && type === "number") return { value: `TRY_CAST(${column} AS DOUBLE)`, state: undefined };
  if (storage === "text" && type === "time")
    return { value: `CAST(epoch_ms(TRY_CAST(${column} AS TIMESTAMPTZ)) AS DOUBLE)`, state: undefined };
  return { value: readColumnAs(type, storage, column).value, state: undefined };
}

const valueOfText = {
  /** As `parseNumber` has it: DuckDB also takes `1_000`, `+-1` and `nan(1)`. */
  number: (column: string) =>
    // No OR: planning a query takes a time that grows with the square of their number.
    `CASE ${["_", "+-", "("].map((part) => `WHEN contains(${column}, '${part}') THEN NULL`).join(" ")} ELSE TRY_CAST(${column} AS DOUBLE) END`,
  /** As `parseTime` has it. */
  time: (column: string) => `CASE WHEN ${isTime(column)} THEN CAST(epoch_ms(TRY_CAST(${column} AS TIMESTAMPTZ)) AS DOUBLE) END`,
  /** As `parseBoolean` has it. */
  boolean: (column: string) => `CASE lower(${column}) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' END`,
};

/** As queries see a column: of the type that its file declares, or of the kind that its texts are; NULL where there is no value. */
export function typedColumn(kind: ColumnKind, storage: Storage, column: string, isCertain: boolean): string {
  if (storage === "number" && kind === "number") return `nullif(${column}, ${notANumber})`;
  const isNative = storage === kind || (storage === "integer" && kind === "number") || (storage === "other" && kind === "string");
  if (isNative) return column;
  if (kind === "string") return textOf(storage, column);
  const { value } = (isCertain ? readCertain : readColumnAs)(kind, storage, column);
  if (kind === "number") return `nullif(${value}, ${notANumber})`;
  if (kind === "boolean") return `CAST(${value} AS BOOLEAN)`;
  const time = `CAST(TRY_CAST(${column} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  if (storage !== "text") return "CAST(NULL AS TIMESTAMP)";
  return isCertain ? time : `CASE WHEN ${isTime(column)} THEN ${time} END`;
}

/** A value as text, NULL where there is none. Whole floats lose `.0`: what pandas made a float is written as it was. */
export function textOf(storage: Storage, column: string): string {
  if (storage === "text") return `nullif(${column}, '')`;
  if (storage === "number") return `regexp_replace(nullif(CAST(${column} AS VARCHAR), 'nan'), '\\.0$', '')`;
  return `nullif(CAST(${column} AS VARCHAR), '')`;
}

/** A value as it stands in the file; of what is no text there, its text. */
export function writtenText(storage: Storage, column: string): string {
  return storage === "text" ? column : textOf(storage, column);
}

/** As `shortValue` has it. */
export function shortened(text: string): string {
  return `CASE WHEN length(${text}) > ${maxValueLength} THEN left(${text}, ${maxValueLength}) || '…' || left(sha256(${text}), 16) ELSE ${text} END`;
}

/** As `isMissingMarker` has it. */
export function isMarker(column: string): string {
  const words = [...missingMarkers].map(sqlText).join(", ");
  return `(strlen(${column}) <= ${longestMarker} AND lower(trim(${column}, ' \t\n\v\f\r')) IN (${words}))`;
}

function isTime(column: string): string {
  return `regexp_full_match(${column}, ${sqlText(timePattern)})`;
}

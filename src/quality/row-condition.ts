import { shortened } from "../data/dataset/column-reading.ts";
import { sqlText } from "../data/duckdb.ts";
import type { RuleType } from "../spec/data-rule.ts";
import type { SqlColumn } from "./sql-table.ts";

/** Which rows are at fault. Rows without a value are so only where that is the fault. */
export type RowCondition =
  | { is: "missing"; column: string }
  | { is: "infinite"; column: string }
  /** What a column of this type cannot hold. */
  | { is: "not"; type: RuleType; column: string }
  | { is: "number"; column: string }
  /** Finite, and less than `least` or more than `greatest`. */
  | { is: "beyond"; column: string; least: number; greatest: number }
  /** One of these, or another one, as texts or as numbers; or as a profile writes texts, long ones shortened. */
  | { is: "in" | "not-in"; column: string; values: readonly (string | number)[]; areOfProfile?: true }
  /** Less than, or greater than; a value that cannot be compared too. */
  | { is: "below" | "above"; column: string; bound: number | { time: number } }
  | { is: "no-match"; column: string; pattern: string };

/** True, false or null as SQL. */
export function conditionSql(condition: RowCondition, column: SqlColumn): string {
  const { missing, written, number, marker, time } = column;
  const present = `NOT ${missing}`;
  switch (condition.is) {
    case "missing":
      return missing;
    case "infinite":
      return `isinf(${number})`;
    case "not":
      return `${present} AND ${misreads(condition.type, column)}`;
    case "number":
      return `${present} AND ${number} IS NOT NULL`;
    case "beyond":
      return `isfinite(${number}) AND (${number} < ${sqlNumber(condition.least)} OR ${number} > ${sqlNumber(condition.greatest)})`;
    case "in":
      return `${present} AND ${isListed(condition, column)}`;
    case "not-in":
      return `${present} AND NOT coalesce(${isListed(condition, column)}, false)`;
    case "below":
    case "above": {
      const [value, bound] =
        typeof condition.bound === "number" ? [number, sqlNumber(condition.bound)] : [time, sqlNumber(condition.bound.time)];
      return `${present} AND NOT ${marker} AND (${value} IS NULL OR ${value} ${condition.is === "below" ? "<" : ">"} ${bound})`;
    }
    case "no-match":
      return `${present} AND NOT regexp_full_match(${written}, ${sqlText(condition.pattern)})`;
  }
}

function misreads(type: RuleType, { text, number, marker, time }: SqlColumn): string {
  switch (type) {
    case "number":
      return `${number} IS NULL AND NOT ${marker}`;
    case "integer":
      return `NOT ${marker} AND (${number} IS NULL OR NOT isfinite(${number}) OR ${number} <> floor(${number}))`;
    case "boolean":
      return `lower(${text}) NOT IN ('true', 'false')`;
    case "time":
      return `${time} IS NULL`;
  }
}

function isListed({ values, areOfProfile }: Extract<RowCondition, { is: "in" | "not-in" }>, column: SqlColumn): string {
  if (areOfProfile && column.type !== "number") return `${shortened(column.text)} IN (${textList(values)})`;
  return isOneOf(values, column);
}

function textList(values: readonly (string | number)[]): string {
  return values.map((value) => sqlText(String(value))).join(", ");
}

/**
 * As it stands in the file. In a column of numbers 1 is 1.0 too; a code with leading zeros, listed as a text or in the file, is
 * only what is written so, unless a number was listed.
 */
function isOneOf(values: readonly (string | number)[], column: SqlColumn): string {
  if (values.length === 0) return "false";
  const list = textList(values);
  const isText = [...new Set([column.written, column.text])].map((text) => `${text} IN (${list})`);
  if (column.type !== "number") return `(${isText.join(" OR ")})`;
  const isNumber = (numbers: readonly number[]) =>
    numbers.length === 0 ? "false" : `${column.number} IN (${numbers.map(sqlNumber).join(", ")})`;
  const listed = values.filter((value) => typeof value === "number");
  const spelled = values.filter((value) => typeof value === "string" && value.trim() !== "" && !code.test(value)).map(Number);
  return `(${column.written} IN (${list}) OR ${isNumber(listed)} OR (NOT ${isCode(column.written)} AND ${isNumber(spelled.filter(isExact))}))`;
}

/** Beyond, ids of 19 digits are not told apart as numbers: there the text decides. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

const code = /^\s*[+-]?0[0-9]/;

/** Whether digits begin with a zero that a number would not have, as those of a postal code. */
export function isCode(written: string): string {
  return `coalesce(regexp_matches(${written}, '^\\s*[+-]?0[0-9]'), false)`;
}

/** Exact, and a DOUBLE whatever it looks like. */
function sqlNumber(value: number): string {
  return `${value}::DOUBLE`;
}

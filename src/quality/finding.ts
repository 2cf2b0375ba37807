import type { Severity } from "../spec/data-rule.ts";
import type { CheckName } from "./check-facts.ts";
import type { RowCondition } from "./row-condition.ts";

/** Something that is wrong with a table, before its rows were looked up. */
export interface Finding {
  check: CheckName;
  columns: readonly string[];
  severity: Severity;
  /** Rows at fault, of how many; absent where it is not about single rows. */
  rows?: { count: number; of: number } | undefined;
  /** Which rows they are: a condition, or SQL that gives their numbers. */
  where?: RowCondition | { numbers: string; of?: "test" | "old-test" | undefined } | undefined;
  /** How far over its limits, to put the worst first. */
  measured: number;
  message: string;
}

/** `"amount"`. */
export function quotedColumn(name: string): string {
  return `"${name.length > 100 ? `${name.slice(0, 99)}…` : name}"`;
}

/** `3 of 120 rows (2.5%)`. */
export function rowsInWords(count: number, of: number): string {
  return `${grouped(count)} of ${grouped(of)} rows (${percent(of === 0 ? 0 : count / of)})`;
}

/** `1,310,000`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** Never 0% for something, never 100% for less than all. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return "less than 0.01%";
  if (value < 100 && value > 99.99) return "more than 99.99%";
  return `${Number(value.toPrecision(value >= 99 ? 4 : 2))}%`;
}

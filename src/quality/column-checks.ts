import type { ColumnProfile, Profile } from "../data/profile.ts";
import { type CheckName, severityOf } from "./check-facts.ts";
import { type Finding, percent, quotedColumn, rowsInWords } from "./finding.ts";

const fewestForConstant = 10;
const fewestForAlmostConstant = 1_000;

/** What a table's own profile tells of its columns. @param reference in which a column had values that it has no more */
export function checkColumns(profile: Profile, target: string | undefined, reference?: Profile): Finding[] {
  if (profile.rows === 0) {
    const severity = severityOf("empty-table", 1) ?? "error";
    return [{ check: "empty-table", columns: [], severity, measured: 1, message: "The table has no row." }];
  }
  return profile.columns.flatMap((column) => {
    if (column.missing === profile.rows) return [checkEmpty(column, target, reference)];
    return [
      ...checkMissing(column, profile.rows),
      ...checkInfinite(column, profile.rows),
      ...checkConstant(column, profile.rows, target),
    ];
  });
}

function checkEmpty({ name }: ColumnProfile, target: string | undefined, reference: Profile | undefined): Finding {
  const before = reference?.columns.find((column) => column.name === name);
  const hadValues = before !== undefined && reference !== undefined && before.missing < reference.rows;
  const severity = hadValues || name === target ? "error" : "warn";
  const since = hadValues ? "; the reference has some" : "";
  return {
    check: "empty",
    columns: [name],
    severity,
    measured: 1,
    message: `${quotedColumn(name)} has no value in any row${since}.`,
  };
}

type Found = Omit<Finding, "check" | "columns" | "severity" | "measured">;

function found(check: CheckName, { name }: ColumnProfile, measured: number, finding: Found): Finding[] {
  const severity = severityOf(check, measured);
  return severity === undefined ? [] : [{ check, columns: [name], severity, measured, ...finding }];
}

function checkMissing(column: ColumnProfile, rows: number): Finding[] {
  const { name, missing } = column;
  return found("missing", column, missing / rows, {
    rows: { count: missing, of: rows },
    where: { is: "missing", column: name },
    message: `${quotedColumn(name)} has no value in ${rowsInWords(missing, rows)}.`,
  });
}

function checkInfinite(column: ColumnProfile, rows: number): Finding[] {
  if (column.type !== "number") return [];
  const { name, infinite } = column;
  return found("infinite", column, infinite / rows, {
    rows: { count: infinite, of: rows },
    where: { is: "infinite", column: name },
    message: `${quotedColumn(name)} is infinite in ${rowsInWords(infinite, rows)}.`,
  });
}

function checkConstant(column: ColumnProfile, rows: number, target: string | undefined): Finding[] {
  const { name, missing } = column;
  const present = rows - missing;
  const most = mostFrequent(column);
  if (most === present && present >= fewestForConstant)
    return found("constant", column, 1, { message: `${quotedColumn(name)} has the same value in every row that has one.` });
  if (present < fewestForAlmostConstant || name === target) return [];
  return found("almost-constant", column, most / present, {
    rows: { count: present - most, of: present },
    message: `${quotedColumn(name)} has the same value in ${percent(most / present)} of the rows; ${present - most} have another.`,
  });
}

/** Rows of the most frequent value, as far as it is known. */
function mostFrequent(column: ColumnProfile): number {
  if ("counts" in column) return column.counts.values[0]?.count ?? 0;
  // Lengths of texts say nothing of the texts.
  if (column.type === "text") return 0;
  const { atMost } = column.distribution;
  return atMost.reduce((most, count, index) => Math.max(most, count - (atMost[index - 1] ?? 0)), 0);
}

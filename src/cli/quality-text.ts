import { failures, type QualityCheck, type QualityResult, uncomputed } from "../quality/quality-result.ts";
import { plural } from "../report/format.ts";
import { type Column, fittingTable } from "./fitting.ts";
import { terminalWidth } from "./terminal.ts";

/** What was found in a table, as a terminal shows it: what is wrong first, the rest in a line each. */
export function qualityText(result: QualityResult, width: number = terminalWidth()): string {
  const failed = result.checks.filter(({ status }) => status === "fail");
  const passed = result.checks.filter(({ status }) => status === "pass").map(({ name }) => name);
  const unknown = uncomputed(result).map(({ name, message }) => `${name}: ${message}`);
  const [errors, warnings] = [failures(result, "error").length, failures(result, "warn").length];
  return [
    `${result.table}, ${plural(result.rows, "row")} × ${plural(result.columns, "column")}: ` +
      (failed.length === 0
        ? unknown.length === 0
          ? "nothing is wrong"
          : "nothing is known to be wrong"
        : `${plural(errors, "error")}, ${plural(warnings, "warning")}`),
    ...(failed.length > 0 ? [fittingTable(columns, failed, width)] : []),
    ...(unknown.length > 0 ? [`Not computed, so that nobody knows:\n${unknown.join("\n")}`] : []),
    ...(result.leftOut > 0 ? [`${plural(result.leftOut, "finding")} more of the same kinds are not listed.`] : []),
    ...(passed.length > 0 ? [`In order: ${passed.join(", ")}`] : []),
    ...skippedText(result.checks),
  ].join("\n\n");
}

/** A line for each reason. */
function skippedText(checks: readonly QualityCheck[]): string[] {
  const byReason = Map.groupBy(
    checks.filter(({ status }) => status === "skipped"),
    ({ message }) => message.replace(/\.$/, ""),
  );
  return [...byReason].map(([reason, skipped]) => `${reason}: ${skipped.map(({ name }) => name).join(", ")}`);
}

const columns: readonly Column<QualityCheck>[] = [
  { header: "", align: "l", cell: ({ severity }) => severity },
  { header: "check", align: "l", cell: ({ name }) => name },
  { header: "found", align: "l", cell: ({ message }) => message },
  { header: "rows", align: "l", cell: rowNumbers, optional: true },
];

const shownRows = 5;

/** `12, 40, 77, …`. */
function rowNumbers({ examples, examplesOf, rows }: QualityCheck): string {
  if (examples.length === 0) return "";
  const shown = examples.slice(0, shownRows).join(", ");
  return `${examplesOf === undefined ? "" : "test "}${shown}${(rows?.count ?? 0) > shownRows ? ", …" : ""}`;
}

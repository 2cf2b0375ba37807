import { markdownTable } from "markdown-table";
import type { GateResult } from "../gates/verdict.ts";
import type { ModelReport, Report } from "../report/report.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import { comparisonCells, valueCells } from "./comparison-cells.ts";

/** The verdict as a terminal shows it. */
export function gatesTable(report: Report): string {
  return [`Verdict: ${report.verdict}`, ...report.models.map(modelTable)].join("\n\n");
}

function modelTable({ name, state }: ModelReport): string {
  if (state.kind === "unchanged" || state.kind === "pending") return `${name}: ${state.kind}`;
  if (state.kind === "failed" || state.kind === "lost") return `${name}: ${state.kind}: ${state.message}`;
  const { outcome, gates, reasons } = state.verdict;
  const head = [`${name}: ${outcome}`, ...reasons].join("\n");
  if (gates.length === 0) return head;
  const header = ["gate", "baseline", "candidate", "change", "95% interval", "result", ""];
  return `${head}\n\n${markdownTable([header, ...gates.map(gateRow)])}`;
}

/** Name, baseline, candidate, change, 95% interval, result and note. */
export function gateRow({ gate, name, role, outcome, note, comparison, value, slice, waiver }: GateResult): string[] {
  const numbers = comparison
    ? comparisonCells(comparison)
    : value
      ? ["", valueCells(value)[0], "", valueCells(value)[1]]
      : ["", "", "", ""];
  const whole = slice ? nameOfGate({ ...gate, slice: { ...slice, worst: false } }) : name;
  const waived = waiver
    ? `; ${waiver.expired ? "a waiver by" : "waived by"} ${waiver.by} ${waiver.expired ? "expired" : "until"} ${waiver.until}`
    : "";
  return [role === "base" ? `${whole} (base's test set)` : whole, ...numbers, outcome, `${note}${waived}`];
}

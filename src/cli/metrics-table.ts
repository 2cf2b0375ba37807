import { markdownTable } from "markdown-table";
import type { Comparison, Evidence } from "../evidence/evidence.ts";
import { comparisonCells, valueCells } from "./comparison-cells.ts";

/** Metrics of the candidate, beside the baseline's where there is one. */
export function metricsTable(evidence: Evidence): string {
  return evidence.evaluations
    .map(({ role, testSet, candidate, comparisons, baselineMissing }) => {
      const head = `${evidence.model} on ${testSet.path}, ${testSet.rows} rows${role === "base" ? " (the base's test set)" : ""}`;
      if (comparisons.length > 0) return `${head}\n\n${comparisonsTable(comparisons)}`;
      const rows = (candidate?.metrics ?? []).map((result) => [result.metric, ...valueCells(result)]);
      const table = markdownTable([["metric", "value", "95% interval"], ...rows], { align: ["l", "r", "r"] });
      return [head, table, baselineMissing ?? ""].join("\n\n").trimEnd();
    })
    .join("\n\n");
}

export function comparisonsTable(comparisons: readonly Comparison[]): string {
  const header = ["metric", "baseline", "candidate", "change", "95% interval of the change", "method"];
  const rows = comparisons.map((comparison) => [comparison.metric, ...comparisonCells(comparison), comparison.method]);
  return markdownTable([header, ...rows], { align: ["l", "r", "r", "r", "r", "l"] });
}

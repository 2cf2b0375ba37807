import { markdownReport } from "./markdown-report.ts";
import type { Report } from "./report.ts";

/** GitHub stops at 1 MiB a step. */
const summaryBudget = 1_000_000;

/** The job summary; all that a fork's pull request gets without the app. */
export function renderSummary(report: Report): string {
  return `${markdownReport(report, summaryBudget)}\n`;
}

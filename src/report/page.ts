import { headline } from "./headline.ts";
import { documentOf } from "./page/document.ts";
import type { Html } from "./page/html.ts";
import { reportBody } from "./page/report-body.ts";
import type { Report } from "./report.ts";

/** The full report as one HTML file: no script, no network, light and dark. */
export async function renderPage(report: Report): Promise<string> {
  const body: Html = await reportBody(report);
  const number = report.pullRequest ? ` · pull request ${report.pullRequest.number}` : "";
  return documentOf(`${headline(report).title} · ${report.repository}${number}`, body);
}

import { alert } from "../markdown/blocks.ts";
import { shortSha } from "./format.ts";
import { markdownReport } from "./markdown-report.ts";
import type { Report } from "./report.ts";

/** First line of our comment: it is found again by this and its author. */
export const commentMarker = "<!-- assay:report v1 -->";

/** GitHub stops at 65,536 characters. */
export const commentBudget = 60_000;

/** The pull request's one comment. */
export function renderComment(report: Report): { marker: string; body: string } {
  return { marker: commentMarker, body: `${commentMarker}\n${markdownReport(report, commentBudget - commentMarker.length - 1)}` };
}

const staleMarker = "<!-- assay:stale -->";

/**
 * Our previous comment, struck out: its verdict is not about the newest commit. Said again for a later commit, it only names
 * that one.
 */
export function renderStaleComment(previousBody: string, olderSha: string, newerSha: string): string {
  const waiting = `The results below are for \`${shortSha(olderSha)}\`; \`${shortSha(newerSha)}\` is being evaluated.`;
  if (previousBody.includes(staleMarker)) {
    return previousBody.replace(/; `[0-9a-f]{7}` is being evaluated\./, `; \`${shortSha(newerSha)}\` is being evaluated.`);
  }
  const [title = "", ...rest] = previousBody.replace(commentMarker, "").trim().split("\n");
  const old = rest
    .filter((line) => !/^> \[![A-Z]+\]$/.test(line))
    .join("\n")
    .trim();
  return [
    `${commentMarker}\n${staleMarker}\n## ~~${title.replace(/^#+ /, "")}~~`,
    alert("NOTE", [waiting]),
    `<details><summary>Results for <code>${shortSha(olderSha)}</code></summary>\n\n${old}\n\n</details>`,
  ].join("\n\n");
}

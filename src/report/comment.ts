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
  const { title, body } = foldable(previousBody);
  return [`${commentMarker}\n${staleMarker}\n## ~~${title}~~`, alert("NOTE", [waiting]), foldVerdict(body, olderSha)].join(
    "\n\n",
  );
}

/** A verdict as it is kept readable under what is said instead of it. */
export function foldVerdict(body: string, headSha: string): string {
  return `<details><summary>Results for <code>${shortSha(headSha)}</code></summary>\n\n${body}\n\n</details>`;
}

/** Title and text of a comment of ours; alerts do not work where it will be folded. */
export function foldable(previousBody: string): { title: string; body: string } {
  const [title = "", ...rest] = previousBody.replace(commentMarker, "").trim().split("\n");
  const body = rest
    .filter((line) => !/^> \[![A-Z]+\]$/.test(line))
    .join("\n")
    .trim();
  return { title: title.replace(/^#+ /, ""), body };
}

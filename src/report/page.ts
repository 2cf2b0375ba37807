import { type Headline, headline } from "./headline.ts";
import { commentPreview } from "./page/comment-preview.ts";
import { documentOf } from "./page/document.ts";
import { type Html, html, nothing } from "./page/html.ts";
import { reportBody } from "./page/report-body.ts";
import { statusMark } from "./page/status-badge.ts";
import type { Report } from "./report.ts";

/** The full report as one HTML file: no script, no network, light and dark. */
export async function renderPage(report: Report): Promise<string> {
  const number = report.pullRequest ? ` · pull request ${report.pullRequest.number}` : "";
  return documentOf(`${headline(report).title} · ${report.repository}${number}`, await reportBody(report));
}

/** A pull request as its reviewer sees it. */
export interface IndexEntry {
  title: string;
  report: Report;
  /** Body of the comment as it was posted. */
  comment: string;
  /** What the check says, where people decided after the report was made; default what the report says. */
  verdict?: Headline | undefined;
  /** Who did what, and what became of it. */
  happened?: readonly { by: string; did: string; reaction: string | null; check: string }[] | undefined;
}

/** What came of them, such as a release. */
export interface IndexChapter {
  title: string;
  happened: readonly { by: string; did: string; reaction: string; said: readonly string[] }[];
}

/** Several pull requests in one HTML file, each with its comment and its full report. */
export async function renderIndexPage(entries: readonly IndexEntry[], chapter?: IndexChapter): Promise<string> {
  const sections: Html[] = [];
  for (const [index, { title, report, comment, happened = [] }] of entries.entries()) {
    const events = happened.map(
      ({ by, did, reaction, check }) =>
        html`<li><b>${by}</b>: ${did.startsWith("/") ? html`<code>${did}</code>` : did} ${reaction ?? ""}<small>${check}</small></li>`,
    );
    const story = events.length === 0 ? nothing : html`<p class="label">What happened</p><ol class="steps">${events}</ol>`;
    const preview = html`<p class="label">The comment on the pull request</p>${commentPreview(comment)}`;
    const full = html`<p class="label">${fullReport(happened.length > 0)}</p>${await reportBody(report, "h2")}`;
    sections.push(
      html`<article class="pull-request" id="pull-request-${index + 1}"><h2>${title}</h2>${story}${preview}${full}</article>`,
    );
  }
  const links = entries.map(({ title, report, verdict: decided = headline(report) }, index) => {
    const { status, title: verdict } = decided;
    return html`<li><a href="#pull-request-${index + 1}">${title}</a><span class="badge ${status}">${statusMark(status)} ${verdict}</span></li>`;
  });
  if (chapter) links.push(html`<li><a href="#chapter">${chapter.title}</a></li>`);
  const repositories = [...new Set(entries.map(({ report }) => report.repository))].join(", ");
  const index = html`<header class="index"><h1>What a reviewer sees</h1><p class="muted">${repositories}</p><nav aria-label="Pull requests"><ul>${links}</ul></nav></header>`;
  return documentOf(`Pull requests of ${repositories}`, html`${index}${sections}${chapter ? chapterSection(chapter) : nothing}`);
}

function chapterSection({ title, happened }: IndexChapter): Html {
  const events = happened.map(
    ({ by, did, reaction, said }) =>
      html`<li><b>${by}</b>: ${did.startsWith("assay ") ? html`<code>${did}</code>` : did} ${reaction}${said.map((line) => html`<small>${line}</small>`)}</li>`,
  );
  return html`<article class="pull-request" id="chapter"><h2>${title}</h2><p class="label">What happened</p><ol class="steps">${events}</ol></article>`;
}

function fullReport(wentOn: boolean): string {
  return `The full report that the comment links to${wentOn ? ", as the latest workflow run made it" : ""}`;
}

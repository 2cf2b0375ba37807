import { blockers } from "../blockers.ts";
import { budgetText, plural, shortSha } from "../format.ts";
import { headline } from "../headline.ts";
import { howToRead } from "../how-to-read.ts";
import { lawChangePhrase, lawIntroduction } from "../law.ts";
import { describeStatus, isCalm, statusOf, worstFirst } from "../model-status.ts";
import { nextSteps } from "../next-steps.ts";
import type { Report } from "../report.ts";
import { type Html, html, nothing, phrase } from "./html.ts";
import { modelSection } from "./model-section.ts";
import { statusBadge, statusMark } from "./status-badge.ts";

const maxReasons = 10;
const maxLawChanges = 100;
/** Models that the header names; all are below. */
const maxModels = 20;

/** Everything of one report below the page's own frame. */
export async function reportBody(report: Report, level: "h1" | "h2" = "h1"): Promise<Html> {
  const sections: Html[] = [];
  const touched = worstFirst(report.models).filter((model) => statusOf(model) !== "unchanged");
  const calm = touched.filter(isCalm);
  const foldCalm = calm.length < touched.length || touched.length > 3;
  for (const model of touched) sections.push(await modelSection(report, model, foldCalm && calm.includes(model)));
  return html`${verdict(report, level)}${law(report)}${sections}${unchanged(report)}${steps(report)}<footer>${howToRead(report).map((sentence) => html`<p>${sentence}</p>`)}<p>This page is never proof of approval; the check <code>assay / verdict</code> is.</p></footer>`;
}

function verdict(report: Report, level: "h1" | "h2"): Html {
  const { status, title } = headline(report);
  const all = report.verdict === "pending" ? [] : blockers(report);
  const reasons = all.slice(0, maxReasons).map((blocker) => html`<li>${phrase(blocker.phrase)}</li>`);
  if (all.length > maxReasons) reasons.push(html`<li>and ${all.length - maxReasons} more</li>`);
  const said = html`${statusMark(status)} ${title}`;
  const heading = level === "h1" ? html`<h1>${said}</h1>` : html`<h2 class="title">${said}</h2>`;
  const { pullRequest } = report;
  const where = pullRequest ? html`pull request ${pullRequest.number} · ` : nothing;
  const name = pullRequest ? html`<p class="muted">${pullRequest.title}</p>` : nothing;
  return html`<header class="verdict ${status}"><span class="muted">${report.repository} · ${where}<code>${shortSha(report.headSha)}</code></span>${heading}${name}${
    reasons.length === 0 ? nothing : html`<ul class="reasons">${reasons}</ul>`
  }${facts(report)}</header>`;
}

function facts(report: Report): Html {
  const { baseSha, pullRequest, jobs, budget, models, links } = report;
  const items = [
    ...(baseSha === null
      ? []
      : [html`against <b>${pullRequest?.baseRef ?? "the base"}</b> at <code>${shortSha(baseSha)}</code>`]),
    ...(jobs.total === 0 ? [] : [html`jobs: <b>${jobs.done} of ${jobs.total}</b>`]),
    ...(budget ? [html`<b>${budgetText(budget)}</b>`] : []),
    ...(models.length > 1
      ? models.slice(0, maxModels).map((model) => html`${model.name}: <b>${describeStatus(model, report.event)}</b>`)
      : []),
    ...(models.length > maxModels ? [html`and ${models.length - maxModels} more`] : []),
    ...(links.run ? [phrase([{ link: "workflow run", to: links.run }])] : []),
  ];
  return html`<ul class="facts">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function law(report: Report): Html {
  const introduction = lawIntroduction(report);
  if (introduction === undefined) return nothing;
  const changes = report.lawChanges.slice(0, maxLawChanges).map((change) => html`<li>${phrase(lawChangePhrase(change))}</li>`);
  const list = changes.length === 0 ? nothing : html`<ul>${changes}</ul>`;
  return html`<aside class="note"><p>${phrase(introduction)}</p>${list}</aside>`;
}

function steps(report: Report): Html {
  // The page does not link to itself.
  const all = nextSteps({ ...report, links: { ...report.links, page: undefined } }).map((step) => html`<li>${phrase(step)}</li>`);
  return all.length === 0
    ? nothing
    : html`<section class="block"><h3>What to do next</h3><ol class="steps">${all}</ol></section>`;
}

function unchanged(report: Report): Html {
  const models = report.models.filter((model) => statusOf(model) === "unchanged");
  if (models.length === 0) return nothing;
  const rows = models.slice(0, 300).map((model) => html`<li>${model.name} ${statusBadge("unchanged")}</li>`);
  return html`<section class="block"><details><summary>${plural(models.length, "model")} unchanged</summary><ul>${rows}</ul></details></section>`;
}

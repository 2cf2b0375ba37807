import { alert, utf8Bytes } from "../markdown/blocks.ts";
import { withCommits } from "../markdown/commits.ts";
import { codeSpan, link } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { shownAnswers } from "./answers.ts";
import { canType } from "./app-steps.ts";
import { blockers } from "./blockers.ts";
import { budgetText, shortSha } from "./format.ts";
import { headline } from "./headline.ts";
import { howToRead } from "./how-to-read.ts";
import { lawChangePhrase, lawIntroduction } from "./law.ts";
import { allRows, type Limits } from "./markdown-limits.ts";
import { modelSection } from "./markdown-model.ts";
import { describeStatus, evaluationOf, isCalm, statusIcons, statusOf, verdictOf, worstFirst } from "./model-status.ts";
import { nextSteps } from "./next-steps.ts";
import type { ModelReport, Report } from "./report.ts";

/**
 * The whole report as Markdown of at most `budget` UTF-8 bytes. What does not fit goes in this order: rows of passing gates, what
 * opens on a click, then inconclusive and failed gates past the first ones, which are counted. The verdict always stays.
 */
export function markdownReport(report: Report, budget: number): string {
  for (const limits of [allRows, { ...allRows, passing: false }, { ...allRows, passing: false, details: false }]) {
    const body = render(report, limits);
    if (utf8Bytes(body) <= budget) return body;
  }
  let fits = 0;
  let tooMany = Math.max(1, ...report.models.map((model) => verdictOf(model)?.gates.length ?? 1), report.models.length);
  while (tooMany - fits > 1) {
    const rows = Math.floor((fits + tooMany) / 2);
    if (utf8Bytes(render(report, { passing: false, details: false, rows })) <= budget) fits = rows;
    else tooMany = rows;
  }
  return render(report, { passing: false, details: false, rows: fits });
}

/** Blockers named above everything else; the tables have them all. */
const maxBlockers = 5;
const maxLawChanges = 10;

function render(report: Report, limits: Limits): string {
  const { status, title } = headline(report);
  return [
    `## ${statusIcons[status]} ${title}`,
    `${counts(report, limits)}\n${facts(report)}`,
    law(report),
    blocked(report, limits),
    ...modelSections(report, limits),
    explanation(report),
    next(report),
    ignored(report),
    answers(report),
    `<sub>Updated on each push. ${canType(report, "help") ? "Commands: `/assay help`. " : ""}This comment is never proof of approval; the check \`assay / verdict\` is.</sub>`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function counts(report: Report, limits: Limits): string {
  const shown = worstFirst(report.models).slice(0, Math.max(5, limits.rows));
  const texts = shown.map((model) => {
    const text = `${codeSpan(model.name, 100)}: ${describeStatus(model, report.event)}`;
    return ["fail", "inconclusive"].includes(statusOf(model)) ? `**${text}**` : text;
  });
  const rest = report.models.length - shown.length;
  if (rest > 0) texts.push(`and ${rest} more models`);
  return texts.length === 0 ? "No models are declared." : texts.join(" · ");
}

function facts({ headSha, baseSha, pullRequest, models, jobs, budget, links }: Report): string {
  const base = pullRequest ? `${codeSpan(pullRequest.baseRef, 100)} at ` : "";
  const evaluated = models.filter((model) => evaluationOf(model, "current")?.baseline);
  const changed = evaluated.filter(({ plan }) => plan.testSetChanged).length;
  const parts = [
    `Head \`${shortSha(headSha)}\`${baseSha === null ? "" : ` vs ${base}\`${shortSha(baseSha)}\``}`,
    ...(evaluated.length === 0 ? [] : [changed === 0 ? "same test rows" : "**test set changed**"]),
    ...(jobs.total === 0 ? [] : [`${jobs.done} of ${jobs.total} jobs`]),
    ...(budget ? [budgetText(budget)] : []),
    ...(links.page ? [link("full report", links.page)] : []),
    ...(links.run ? [link("run", links.run)] : []),
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}

function blocked(report: Report, limits: Limits): string {
  if (report.verdict === "pending") return "";
  const all = blockers(report);
  // That there are no rules yet is said above, and by each model.
  if (all.length === 0 || (report.law === null && report.verdict !== "fail" && report.unverified === undefined)) return "";
  const shown = all.slice(0, Math.max(1, Math.min(maxBlockers, limits.rows)));
  const failed = all.slice(shown.length).filter(({ outcome }) => outcome === "fail").length;
  const undecided = all.length - shown.length - failed;
  const lines = shown.map(({ phrase }) => phraseToMarkdown(phrase));
  if (failed > 0) lines.push(`and ${failed} more that failed`);
  if (undecided > 0) lines.push(`and ${undecided} more that are inconclusive`);
  const items = lines.length === 1 ? lines : lines.map((line) => `- ${line}`);
  return alert(all[0]?.outcome === "fail" ? "CAUTION" : "WARNING", items);
}

function law(report: Report): string {
  const introduction = lawIntroduction(report);
  if (introduction === undefined) return "";
  const shown = report.lawChanges.slice(0, maxLawChanges);
  const rest = report.lawChanges.length - shown.length;
  return alert("IMPORTANT", [
    phraseToMarkdown(introduction),
    ...shown.map((change) => `- ${phraseToMarkdown(lawChangePhrase(change))}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ]);
}

function modelSections(report: Report, limits: Limits): string[] {
  const touched = worstFirst(report.models).filter(hasSection);
  const calm = touched.filter(isCalm);
  // What passes is folded only when there is something else to read.
  const foldCalm = calm.length < touched.length || touched.length > 3;
  const shown = touched.slice(0, Math.max(1, limits.rows));
  const sections = shown.map((model) => modelSection(report, model, limits, foldCalm && calm.includes(model)));
  const rest = touched.slice(shown.length);
  const failed = rest.filter((model) => statusOf(model) === "fail").length;
  if (rest.length > 0)
    sections.push(`And ${rest.length} more models${failed > 0 ? `, ${failed} of them blocked` : ""}${whereMore(report)}.`);
  return sections.filter((section) => section !== "");
}

/** Of what nobody can vouch for there is nothing to show. */
function hasSection(model: ModelReport): boolean {
  return statusOf(model) !== "unchanged" && model.state.kind !== "unverified";
}

function whereMore({ links }: Report): string {
  return links.page ? `: see the ${link("full report", links.page)}` : "";
}

function explanation(report: Report): string {
  const sentences = howToRead(report);
  return sentences.length === 0 ? "" : `<sub>${sentences.join(" ")}</sub>`;
}

const maxIgnored = 5;

/** Whoever can push can put files on the ledger's branch, so these are told of and not believed. */
function ignored({ app }: Report): string {
  const all = app?.ignored ?? [];
  if (all.length === 0) return "";
  const rows = all.slice(0, maxIgnored).map((reason) => `- ${phraseToMarkdown(withCommits(reason))}`);
  if (all.length > maxIgnored) rows.push(`- and ${all.length - maxIgnored} more`);
  return ["### ⚠️ In the ledger, and not counted", ...rows].join("\n");
}

function answers({ app }: Report): string {
  const shown = shownAnswers(app?.answers ?? []);
  return shown.length === 0 ? "" : ["### Answers", ...shown.map((answer) => `- ${answer}`)].join("\n");
}

function next(report: Report): string {
  const steps = nextSteps(report);
  if (steps.length === 0) return "";
  return ["### What to do next", ...steps.map((step, index) => `${index + 1}. ${phraseToMarkdown(step)}`)].join("\n");
}

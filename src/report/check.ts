import type { CheckAction, CheckAnnotation, CheckConclusion } from "../github/checks.ts";
import { codeSpan, link } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { type Annotation, annotations } from "./annotations.ts";
import { canType } from "./app-steps.ts";
import { modelsToApprove } from "./approvals.ts";
import { blockers } from "./blockers.ts";
import { headline } from "./headline.ts";
import { markdownReport } from "./markdown-report.ts";
import { describeStatus, statusIcons, statusOf, worstFirst } from "./model-status.ts";
import type { Report } from "./report.ts";

/** The one check that a repository requires. */
/** By which the check of a pull request is found again. @param of its number, or `queue`: a commit can be judged as either */
export function idOfVerdict(of: string, headSha: string): string {
  return `assay:verdict:${of}:${headSha}`;
}

/** @returns number of the pull request that the check is of; undefined of any other */
export function pullRequestOfVerdict(id: string): number | undefined {
  const number = /^assay:verdict:([1-9]\d{0,14}):/.exec(id)?.[1];
  return number === undefined ? undefined : Number(number);
}

export const checkName = "assay / verdict";

/** GitHub stops at 65,535 characters, in summary and text each. */
const textBudget = 60_000;
const maxAnnotations = 200;
const maxModels = 100;
const maxBlockers = 20;

export interface RenderedCheck {
  /** Undefined: in progress. */
  conclusion: CheckConclusion | undefined;
  title: string;
  summary: string;
  text: string;
  annotations: CheckAnnotation[];
  actions?: readonly CheckAction[] | undefined;
}

export function renderCheck(report: Report): RenderedCheck {
  return {
    conclusion: conclude(report),
    title: headline(report).title,
    summary: summary(report),
    text: markdownReport(report, textBudget),
    annotations: annotations(report).slice(0, maxAnnotations).flatMap(checkAnnotation),
    ...(report.app && { actions: checkActions(report) }),
  };
}

/** Lost jobs and missing evidence are a fail, so never neutral. */
function conclude({ verdict, onInconclusive, models, unverified }: Report): CheckConclusion | undefined {
  if (verdict === "pending") return undefined;
  if (verdict === "fail" || models.some((model) => statusOf(model) === "fail")) return "failure";
  if (verdict === "pass" && unverified === undefined) return "success";
  // Whatever the rules say of inconclusive gates: what was never trained is not let through.
  if (verdict === "waiting" || unverified !== undefined) return "action_required";
  return onInconclusive === "block" ? "action_required" : "neutral";
}

/** Buttons, by GitHub's limits on their texts; their identifiers are those of `bot/request.ts`. */
function checkActions(report: Report): CheckAction[] {
  const isOver = report.verdict !== "pending";
  const touched = report.models.filter((model) => statusOf(model) !== "unchanged");
  const canRetrain = canType(report, "retrain") && !report.pullRequest?.fromFork;
  return [
    ...(isOver && canRetrain ? [{ label: "Retrain", description: "Train this commit again", identifier: "retrain" }] : []),
    ...(canType(report, "approve") && modelsToApprove(report).length === 1
      ? [{ label: "Approve model", description: "For its owners: accept this result", identifier: "approve" }]
      : []),
    ...(isOver && canType(report, "explain") && touched.length > 0
      ? [{ label: "Explain", description: "Why it was trained and what is missing", identifier: "explain" }]
      : []),
  ];
}

function summary(report: Report): string {
  const models = worstFirst(report.models);
  const rows = models
    .slice(0, maxModels)
    .map((model) => `- ${statusIcons[statusOf(model)]} ${codeSpan(model.name, 100)}: ${describeStatus(model, report.event)}`);
  if (models.length > maxModels) rows.push(`- and ${models.length - maxModels} more models`);
  const all = report.verdict === "pending" ? [] : blockers(report);
  const reasons = all.slice(0, maxBlockers).map(({ phrase }) => `- ${phraseToMarkdown(phrase)}`);
  if (all.length > maxBlockers) reasons.push(`- and ${all.length - maxBlockers} more`);
  const links = [
    ...(report.links.page ? [link("full report", report.links.page)] : []),
    ...(report.links.run ? [link("run", report.links.run)] : []),
  ];
  return [rows.join("\n"), reasons.length === 0 ? "" : `**What stands in the way**\n\n${reasons.join("\n")}`, links.join(" · ")]
    .filter((block) => block !== "")
    .join("\n\n");
}

const levels = { error: "failure", warning: "warning", notice: "notice" } as const;

function checkAnnotation({ level, title, message, file, line }: Annotation): CheckAnnotation[] {
  if (file === undefined || line === undefined) return [];
  return [{ path: file, startLine: line, endLine: line, level: levels[level], title, message }];
}

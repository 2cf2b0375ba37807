import type { Evaluation } from "../evidence/evidence.ts";
import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline, fencedBlock, link } from "../markdown/escape.ts";
import { type Phrase, phraseToMarkdown } from "../markdown/phrase.ts";
import { isOnTestRows } from "../spec/gate-name.ts";
import { approvalPhrases } from "./approvals.ts";
import { claimPhrases } from "./change-headline.ts";
import { changeNumbers } from "./change-numbers.ts";
import { flippedPhrases } from "./flipped.ts";
import { formatNumber, plural } from "./format.ts";
import { describeDirection } from "./gate-row.ts";
import { diffLines, inputChanges } from "./input-changes.ts";
import { driftFolds } from "./markdown-drift.ts";
import { experimentsFold } from "./markdown-experiments.ts";
import { gateTables, waivers, withInterval } from "./markdown-gates.ts";
import type { Limits } from "./markdown-limits.ts";
import { qualityFolds } from "./markdown-quality.ts";
import { slicesFold } from "./markdown-slices.ts";
import { metricTitle } from "./metric-title.ts";
import {
  describeStatus,
  evaluationOf,
  evidenceOf,
  gatesWorstFirst,
  statusIcons,
  statusOf,
  verdictOf,
  waitPhrase,
  withoutEvidence,
} from "./model-status.ts";
import { otherLabelsPhrases } from "./other-labels.ts";
import { provenance } from "./provenance.ts";
import type { ModelReport, Report } from "./report.ts";
import { testSetPhrases } from "./test-set.ts";

const maxInputChanges = 20;
const maxMetrics = 50;

/** One model's part of the report. */
export function modelSection(report: Report, model: ModelReport, limits: Limits, folded: boolean): string {
  const blocks = stateBlocks(report, model, limits).filter((block) => block !== "");
  if (!folded) return [`### ${codeSpan(model.name, 100)}`, ...blocks].join("\n\n");
  const summary: Phrase = [
    `${statusIcons[statusOf(model)]} `,
    { strong: [{ code: model.name }] },
    `: ${describeStatus(model, report.event)}`,
  ];
  return limits.details ? details(summary, blocks.join("\n\n")) : "";
}

function stateBlocks(report: Report, model: ModelReport, limits: Limits): string[] {
  const { state } = model;
  switch (state.kind) {
    case "unchanged":
    case "unverified":
      return [];
    case "pending":
      if (state.message !== undefined) return [`⏳ **Handed off**: ${escapeInline(state.message, 500)}`];
      return [`⏳ In progress${state.job ? `: ${link(escapeInline(state.job.name), state.job.url)}` : "."}`];
    case "waiting":
      return [`⏸️ **Not trained yet**: ${phraseToMarkdown(waitPhrase(model) ?? "")}`, ...folds(report, model, limits)];
    case "failed":
    case "lost":
    case "unevaluated":
    case "withheld": {
      const log = state.job ? ` See the ${link(`log of ${escapeInline(state.job.name)}`, state.job.url)}.` : "";
      const what = withoutEvidence[state.kind].replace(/^./, (first) => first.toUpperCase());
      return [
        `❌ **${what}**: ${escapeInline(state.message, limits.details ? 1_000 : 300)}${log}`,
        ...folds(report, model, limits),
      ];
    }
    default:
      return [
        ...lines(testSetPhrases(model)),
        otherLabels(model),
        changeAsAWhole(model),
        ...gateTables(report, model, limits),
        waivers(report, model, limits),
        reasons(model),
        approvals(report, model),
        flipped(model),
        ...folds(report, model, limits),
      ];
  }
}

function lines(phrases: readonly Phrase[]): string[] {
  return phrases.length === 0 ? [] : [phrases.map(phraseToMarkdown).join(" ")];
}

/** That there is no baseline stands beside the test set already. */
function reasons(model: ModelReport): string {
  const verdict = verdictOf(model);
  if (verdict === undefined) return "";
  const icon = verdict.outcome === "pass" ? "ℹ️" : statusIcons[verdict.outcome];
  const { baseline, baselineMissing } = evaluationOf(model, "current") ?? {};
  const said = baseline === undefined ? baselineMissing : undefined;
  const reasons = verdict.reasons.filter((reason) => reason !== said);
  return reasons.map((reason) => `${icon} ${escapeInline(reason, 500)}`).join("\n\n");
}

function approvals(report: Report, model: ModelReport): string {
  return approvalPhrases(report, model)
    .map(({ icon, phrase }) => `${icon} ${phraseToMarkdown(phrase)}`)
    .join("\n\n");
}

function otherLabels(model: ModelReport): string {
  const phrases = otherLabelsPhrases(evaluationOf(model, "current") ?? {});
  return phrases.map((phrase) => `⚠️ ${phraseToMarkdown(phrase)}`).join("\n\n");
}

/** Ids named in the comment. */
const maxIds = 10;

function flipped(model: ModelReport): string {
  const evaluation = evaluationOf(model, "current");
  const phrases = evaluation === undefined ? [] : flippedPhrases(evaluation, evidenceOf(model)?.task, maxIds);
  return phrases.length === 0 ? "" : `**What flipped**: ${phrases.map(phraseToMarkdown).join(" ")}`;
}

function changeAsAWhole(model: ModelReport): string {
  const phrases = claimPhrases(verdictOf(model) ?? {}, evaluationOf(model, "current"), evidenceOf(model)?.task);
  return phrases.length === 0 ? "" : `**The change as a whole**: ${phrases.map(phraseToMarkdown).join(" ")}`;
}

/** What opens on a click. */
function folds(report: Report, model: ModelReport, limits: Limits): string[] {
  if (!limits.details) return [];
  return [
    ...qualityFolds(model),
    ...driftFolds(model),
    experimentsFold(model),
    slicesFold(report, model),
    otherMetrics(model),
    selfReported(model),
    changedInputs(model),
    provenanceFold(report, model),
  ].filter((fold) => fold !== "");
}

function otherMetrics(model: ModelReport): string {
  const evaluation = evaluationOf(model, "current");
  if (evaluation === undefined) return "";
  const gated = new Set(gatesWorstFirst(model).flatMap(({ gate }) => (gate.slice || !isOnTestRows(gate) ? [] : [gate.metric])));
  const rows = metricRows(evaluation).filter(([metric]) => !gated.has(metric));
  if (rows.length === 0) return "";
  const shown = rows
    .slice(0, maxMetrics)
    .map(([metric, ...cells]) => [phraseToMarkdown(metricTitle(metric, evidenceOf(model)?.task)), ...cells]);
  return details(
    `${plural(rows.length, "metric")} without a gate`,
    table(
      [
        { title: "Metric" },
        { title: "Baseline", align: "right" },
        { title: "Candidate", align: "right" },
        { title: "Change (95% interval)", align: "right" },
      ],
      shown,
    ),
  );
}

/** Metric name, then cells. */
function metricRows({ comparisons, candidate }: Evaluation): [string, ...string[]][] {
  const compared = comparisons.map((comparison): [string, ...string[]] => {
    const { baseline, candidate: value, change, interval } = changeNumbers(comparison);
    const direction = describeDirection(comparison.greaterIsBetter);
    return [comparison.metric, baseline, value, `${withInterval(change, interval)}${direction === "" ? "" : `, ${direction}`}`];
  });
  const known = new Set(comparisons.map(({ metric }) => metric));
  const alone = (candidate?.metrics ?? [])
    .filter(({ metric }) => !known.has(metric))
    .map(({ metric, value, undefinedBecause }): [string, ...string[]] => {
      return [metric, "—", formatNumber(value), undefinedBecause ? escapeInline(undefinedBecause, 200) : "—"];
    });
  return [...compared, ...alone];
}

function selfReported(model: ModelReport): string {
  const trainings = evidenceOf(model)?.trainings ?? [];
  const rows = trainings.flatMap(({ reported, seed }) =>
    Object.entries(reported ?? {}).map(([name, value]) => [
      codeSpan(name, 100),
      formatNumber(value),
      seed === undefined ? "" : String(seed),
    ]),
  );
  if (rows.length === 0) return "";
  const shown = rows.slice(0, maxMetrics);
  const gated = gatesWorstFirst(model).some(({ gate }) => gate.reported);
  return details(
    `Self-reported by the trainer (not computed by Assay, ${gated ? "read only by gates that say so" : "no gate reads them"})`,
    table([{ title: "Name" }, { title: "Value", align: "right" }, { title: "Seed", align: "right" }], shown),
  );
}

function changedInputs({ plan }: ModelReport): string {
  const changes = inputChanges(plan);
  if (changes.length === 0) return "";
  return details(
    [{ strong: "What changed" }, `: ${plural(changes.length, "input")}`],
    fencedBlock(diffLines(changes, maxInputChanges), "diff"),
    { open: changes.length <= 6 },
  );
}

function provenanceFold(report: Report, model: ModelReport): string {
  const rows = provenance(report, model).map(({ label, value }) => [escapeInline(label), phraseToMarkdown(value)]);
  return details([{ strong: "Provenance" }], table([{ title: "Fact" }, { title: "Value" }], rows));
}

import type { Evaluation } from "../evidence/evidence.ts";
import type { GateResult } from "../gates/verdict.ts";
import { details, table } from "../markdown/blocks.ts";
import { codeSpan, escapeInline, fencedBlock, link } from "../markdown/escape.ts";
import { type Phrase, phraseToMarkdown } from "../markdown/phrase.ts";
import { formatNumber, plural } from "./format.ts";
import { changeNumbers, describeDirection, type GateRow, gateRow, type IntervalText } from "./gate-row.ts";
import { diffLines, inputChanges } from "./input-changes.ts";
import { metricTitle } from "./metric-title.ts";
import { describeStatus, evaluationOf, evidenceOf, gatesWorstFirst, statusIcons, statusOf, verdictOf } from "./model-status.ts";
import { outcomeWord } from "./outcome.ts";
import { provenance } from "./provenance.ts";
import type { ModelReport, Report } from "./report.ts";
import { flippedPhrase, oldTestSetPhrases, testSetPhrases } from "./test-set.ts";

/** How much is shown. */
export interface Limits {
  /** Rows of gates that pass. */
  passing: boolean;
  /** What opens on a click. */
  details: boolean;
  /** Gates a table, and models, at most. */
  rows: number;
}

export const allRows: Limits = { passing: true, details: true, rows: Number.MAX_SAFE_INTEGER };

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
      return [];
    case "pending":
      return [`⏳ In progress${state.job ? `: ${link(escapeInline(state.job.name), state.job.url)}` : "."}`];
    case "failed":
    case "lost": {
      const log = state.job ? ` See the ${link(`log of ${escapeInline(state.job.name)}`, state.job.url)}.` : "";
      const what = state.kind === "failed" ? "Job failed" : "Job lost";
      return [
        `❌ **${what}**: ${escapeInline(state.message, limits.details ? 1_000 : 300)}${log}`,
        ...folds(report, model, limits),
      ];
    }
    default:
      return [
        ...lines(testSetPhrases(model)),
        ...gateTables(report, model, limits),
        reasons(model),
        ...lines(flipped(model)),
        ...folds(report, model, limits),
      ];
  }
}

function lines(phrases: readonly Phrase[]): string[] {
  return phrases.length === 0 ? [] : [phrases.map(phraseToMarkdown).join(" ")];
}

function reasons(model: ModelReport): string {
  const verdict = verdictOf(model);
  if (verdict === undefined) return "";
  const icon = verdict.outcome === "pass" ? "ℹ️" : statusIcons[verdict.outcome];
  return verdict.reasons.map((reason) => `${icon} ${escapeInline(reason, 500)}`).join("\n\n");
}

function flipped(model: ModelReport): Phrase[] {
  const evaluation = evaluationOf(model, "current");
  const phrase = evaluation && flippedPhrase(evaluation);
  return phrase === undefined ? [] : [[{ strong: "What flipped" }, `: ${phrase}`]];
}

function gateTables(report: Report, model: ModelReport, limits: Limits): string[] {
  const current = gateTable(report, model, gatesWorstFirst(model, "current"), limits);
  const old = evaluationOf(model, "base");
  if (old === undefined) return [current];
  const oldTable = gateTable(report, model, gatesWorstFirst(model, "base"), limits);
  return [current, "#### On the old test set", ...lines(oldTestSetPhrases(old)), oldTable];
}

function gateTable(report: Report, model: ModelReport, gates: readonly GateResult[], limits: Limits): string {
  const wanted = gates.filter(({ outcome }) => limits.passing || outcome !== "pass");
  const shown = wanted.slice(0, limits.rows);
  const left = gates.filter((gate) => !shown.includes(gate));
  const count = (outcome: string) => left.filter((gate) => gate.outcome === outcome).length;
  const notShown = [
    [count("fail"), "failed"],
    [count("inconclusive"), "inconclusive"],
    [count("pass"), "passing"],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${plural(Number(number), `more ${word} gate`)}`);
  const where = report.links.page ? `: see the ${link("full report", report.links.page)}` : "";
  return [
    shown.length === 0
      ? ""
      : table(
          [
            { title: "Gate" },
            { title: "Baseline", align: "right" },
            { title: report.event === "pull_request" ? "This PR" : "This commit", align: "right" },
            { title: "Change (95% interval)", align: "right" },
            { title: "Needs" },
            { title: "Result" },
          ],
          shown.map((gate) => gateCells(gateRow(model, gate))),
        ),
    notShown.length === 0 ? "" : `And ${notShown.join(", ")}${where}.`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function gateCells(row: GateRow): string[] {
  return [
    `${escapeInline(row.title, 100)}${row.direction === "" ? "" : `, ${row.direction}`}`,
    row.baseline,
    withInterval(row.candidate, row.candidateInterval),
    withInterval(row.change, row.interval),
    row.needs,
    `${outcomeWord(row.outcome)}${row.note === "" ? "" : `, ${escapeInline(row.note, 200)}`}`,
  ];
}

function withInterval(number: string, interval: IntervalText | undefined): string {
  return interval ? `${number} (${interval.low},\u00a0${interval.high})` : number;
}

/** What opens on a click. */
function folds(report: Report, model: ModelReport, limits: Limits): string[] {
  if (!limits.details) return [];
  return [otherMetrics(model), selfReported(model), changedInputs(model), provenanceFold(report, model)].filter(
    (fold) => fold !== "",
  );
}

function otherMetrics(model: ModelReport): string {
  const evaluation = evaluationOf(model, "current");
  if (evaluation === undefined) return "";
  const gated = new Set(gatesWorstFirst(model).map(({ gate }) => gate.metric));
  const rows = metricRows(evaluation).filter(([metric]) => !gated.has(metric));
  if (rows.length === 0) return "";
  const shown = rows.slice(0, maxMetrics).map(([metric, ...cells]) => [escapeInline(metricTitle(metric), 100), ...cells]);
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
  return details(
    "Self-reported by the trainer (not computed by Assay, no gate reads them)",
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

import { markdownTable } from "markdown-table";
import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import { shortDigest } from "../../evidence/digest.ts";
import type { Comparison, Flipped } from "../../evidence/evidence.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import { visible } from "../../markdown/escape.ts";
import { couldShow } from "../../report/could-show.ts";
import { formatFixed, plural } from "../../report/format.ts";
import { comparisonCells } from "../comparison-cells.ts";
import { gateRow } from "../gates-table.ts";
import { changeInWords } from "./change-in-words.ts";
import type { PlainFiles } from "./compare-files.ts";
import type { PlainJudgement } from "./judge-plain.ts";
import { slicesText } from "./slices-text.ts";

/** What a terminal shows of one or more candidates against the first file. */
export function comparisonText(
  files: PlainFiles,
  evaluated: readonly EvaluatedModels[],
  judgements: readonly PlainJudgement[],
): string {
  const { testSet, sides, notes, metrics } = files;
  const [baseline, ...candidates] = sides;
  const head = `${testSet.rows} rows of ${testSet.path} (${shortDigest(testSet.digest)})`;
  const parts = candidates.flatMap(({ name, predictions }, at) => {
    const [result, judgement] = [evaluated[at], judgements[at]];
    if (!result || !judgement || !baseline) return [];
    return [
      ...(candidates.length > 1 ? [`## ${name} against ${baseline.name}`] : []),
      comparisonsTable(result.comparisons),
      inWords(result, judgement, { ours: name, theirs: baseline.name }),
      ...flippedText(result.flipped, metrics[0], files.task),
      ...slicesText(result, metrics, judgement.worseSlices),
      ...(judgement.verdict ? [verdictText(judgement.verdict)] : []),
      ...trainingsText(result, predictions.length, baseline.predictions.length),
    ];
  });
  return [head, ...parts, ...notes].join("\n\n");
}

function comparisonsTable(comparisons: readonly Comparison[]): string {
  const header = [
    "metric",
    "baseline",
    "candidate",
    "change",
    "95% interval of the change",
    "smallest change it could show",
    "method",
  ];
  const rows = comparisons.map((comparison) => [
    comparison.metric,
    ...comparisonCells(comparison),
    couldShow(comparison.interval, comparison.degreesOfFreedom) ?? "",
    comparison.method,
  ]);
  return markdownTable([header, ...rows], { align: ["l", "r", "r", "r", "r", "r", "l"] });
}

interface Names {
  ours: string;
  theirs: string;
}

/** One line that needs no statistics. */
function inWords({ comparisons }: EvaluatedModels, { headline }: PlainJudgement, { ours, theirs }: Names): string {
  if (comparisons.every(({ identical }) => identical)) return `${ours} says the same as ${theirs} in every row.`;
  if (headline === undefined)
    return `Nothing can be said of ${ours} against ${theirs}: ${comparisons[0]?.noIntervalBecause ?? "no metric has an interval"}.`;
  const claims = comparisons.filter(({ metric }) => isClaimed(metric, headline));
  if (claims.length === 0)
    return `No difference is shown between ${ours} and ${theirs}: changes of this size come about by the choice of rows alone. ${unseen(comparisons)}`.trim();
  return claims
    .map(
      (claim) =>
        `${ours} is ${headline.worse.includes(claim.metric) ? "worse" : "better"} than ${theirs} in ${claim.metric}: ${changeInWords(claim)}.`,
    )
    .join("\n");
}

function isClaimed(metric: string, headline: PlainJudgement["headline"]): boolean {
  return [...(headline?.better ?? []), ...(headline?.worse ?? [])].includes(metric);
}

function unseen(comparisons: readonly Comparison[]): string {
  const sizes = comparisons.flatMap(({ metric, interval, degreesOfFreedom }) => {
    const size = couldShow(interval, degreesOfFreedom);
    return size === undefined ? [] : [`${size.replace("±", "")} in ${metric}`];
  });
  return sizes.length === 0 ? "" : `A true change smaller than ${sizes.slice(0, 3).join(", ")} would easily go unseen.`;
}

function flippedText(flipped: Flipped | undefined, metric: string | undefined, task: PlainFiles["task"]): string[] {
  if (!flipped) return [];
  const what = task === "scored" ? `by ${metric}` : "right or wrong";
  const ids = (list: readonly string[] | undefined, count: number) => {
    const shown = (list ?? []).slice(0, 5).map((id) => visible(id, 40));
    return shown.length === 0 ? "" : ` (${shown.join(", ")}${count > shown.length ? ", …" : ""})`;
  };
  const { better, worse, betterIds, worseIds } = flipped;
  return [
    `Flipped, ${what}: ${plural(worse, "row")} got worse${ids(worseIds, worse)}, ${formatFixed(better, 0)} better${ids(betterIds, better)}.`,
  ];
}

function verdictText({ outcome, gates }: ModelVerdict): string {
  const header = ["limit", "baseline", "candidate", "change", "95% interval", "result", ""];
  return `Verdict: ${outcome}\n\n${markdownTable([header, ...gates.map(gateRow)])}`;
}

/** Whether the intervals hold for other seeds too. */
function trainingsText({ comparisons }: EvaluatedModels, ours: number, theirs: number): string[] {
  if (comparisons.every(({ identical }) => identical)) return [];
  if (ours === 1 && theirs === 1)
    return ["This compares these two trained models: with one training a side, what another seed would change is not included."];
  const isIn = comparisons.some(({ seedVariance }) => seedVariance);
  return [
    `Means of ${plural(theirs, "training")} of the baseline and ${ours} of the candidate: what another seed would change is ${isIn ? "" : "not "}included.`,
  ];
}

import { markdownTable } from "markdown-table";
import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import type { Comparison, Slice } from "../../evidence/evidence.ts";
import type { WorseSlice } from "../../gates/headline.ts";
import { visible } from "../../markdown/escape.ts";
import { formatFixed, plural } from "../../report/format.ts";
import { comparisonCells } from "../comparison-cells.ts";
import { changeInWords } from "./change-in-words.ts";

/** All of them are in the JSON and on the page. */
const maxRows = 25;
const maxSentences = 5;

/** The slices by their change, the worst first, and which of them are shown to be worse. */
export function slicesText(
  { slices = [], slicesMissing = [] }: EvaluatedModels,
  metrics: readonly string[],
  worseSlices: readonly WorseSlice[],
): string[] {
  const left = slicesMissing.map((text) => `Left out: ${text}.`);
  if (slices.length === 0) return left;
  const small = slices.filter(({ tooSmall }) => tooSmall);
  return [
    ...slicesTable(slices, metrics, worseSlices),
    worseSentences(worseSlices),
    ...(small.length > 0
      ? [`Too few rows to judge: ${small.map((slice) => `${nameOfSlice(slice)} (${slice.rows})`).join(", ")}.`]
      : []),
    ...left,
  ];
}

/** The first metric of every slice, and others where they are worse. */
function slicesTable(slices: readonly Slice[], metrics: readonly string[], worseSlices: readonly WorseSlice[]): string[] {
  const [first = ""] = metrics;
  const several = metrics.length > 1;
  const isWorse = (slice: Slice, metric: string) =>
    worseSlices.some((worse) => worse.slice === slice && worse.comparison.metric === metric);
  const lines = slices
    .flatMap((slice) => slice.comparisons.map((comparison) => ({ slice, comparison })))
    .filter(({ slice, comparison: { metric } }) => metric === first || isWorse(slice, metric))
    .sort((a, b) => order(metrics, a.comparison) - order(metrics, b.comparison) || gain(a.comparison) - gain(b.comparison));
  if (lines.length === 0) return [];
  const rows = lines
    .slice(0, maxRows)
    .map(({ slice, comparison }) => [
      nameOfSlice(slice),
      ...(several ? [comparison.metric] : []),
      formatFixed(slice.rows, 0),
      ...comparisonCells(comparison),
      slice.flipped ? `${slice.flipped.worse} / ${slice.flipped.better}` : "",
      isWorse(slice, comparison.metric) ? "worse" : "",
    ]);
  const numbers = ["rows", "baseline", "candidate", "change", "95% interval of the change", "worse / better rows"];
  const header = ["slice", ...(several ? ["metric"] : []), ...numbers, ""];
  const table = markdownTable([header, ...rows], { align: header.map((title) => (numbers.includes(title) ? "r" : "l")) });
  const more = lines.length - rows.length;
  return [table, ...(more > 0 ? [`${plural(more, "more line")} in --json and on the --page.`] : [])];
}

function worseSentences(worse: readonly WorseSlice[]): string {
  if (worse.length === 0) return "No slice is shown to be worse.";
  const sentences = worse
    .slice(0, maxSentences)
    .map(({ slice, comparison }) => `${nameOfSlice(slice)} is worse: ${comparison.metric} ${changeInWords(comparison)}.`);
  const more = worse.length - sentences.length;
  return [...sentences, ...(more > 0 ? [`So ${more === 1 ? "is" : "are"} ${more} more; these are the worst.`] : [])].join("\n");
}

/** Values come from data. */
export function nameOfSlice({ column, value }: Slice): string {
  return value === "" ? `${visible(column, 60)} missing` : `${visible(column, 60)}=${visible(value, 50)}`;
}

function order(metrics: readonly string[], { metric }: Comparison): number {
  return metrics.indexOf(metric);
}

function gain({ change, greaterIsBetter }: Comparison): number {
  return change === null ? Number.POSITIVE_INFINITY : greaterIsBetter ? change : -change;
}

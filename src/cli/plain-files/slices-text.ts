import { markdownTable } from "markdown-table";
import type { Comparison, Slice } from "../../evidence/evidence.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import { formatFixed, plural } from "../../report/format.ts";
import type { Claims, MeasuredPair } from "../../report/measured.ts";
import { sliceName } from "../../report/slice-name.ts";
import { leftOutPhrases } from "../../report/slices.ts";
import { comparisonCells } from "../comparison-cells.ts";
import { maxMissing } from "../slices-table.ts";
import { changeInWords } from "./change-in-words.ts";

type WorseSlices = NonNullable<Claims["worseSlices"]>;

/** All of them are in the JSON and on the page. */
const maxRows = 25;
const maxSentences = 5;

/** The slices by their change, the worst first, and which of them are shown to be worse. */
export function slicesText(pair: MeasuredPair, metrics: readonly string[], { worseSlices = [] }: Claims): string[] {
  const { slices = [] } = pair;
  const left = leftOutPhrases(pair, maxMissing).map(phraseToText);
  if (slices.length === 0) return left;
  return [...slicesTable(slices, metrics, worseSlices), worseSentences(worseSlices), ...left];
}

/** The first metric of every slice, and others where they are worse. */
function slicesTable(slices: readonly Slice[], metrics: readonly string[], worseSlices: WorseSlices): string[] {
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
      nameOf(slice),
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

function worseSentences(worse: WorseSlices): string {
  if (worse.length === 0) return "No slice is shown to be worse.";
  const sentences = worse
    .slice(0, maxSentences)
    .map(({ slice, comparison }) => `${nameOf(slice)} is worse: ${comparison.metric} ${changeInWords(comparison)}.`);
  const more = worse.length - sentences.length;
  return [...sentences, ...(more > 0 ? [`So ${more === 1 ? "is" : "are"} ${more} more; these are the worst.`] : [])].join("\n");
}

function nameOf(slice: Slice): string {
  return phraseToText(sliceName(slice));
}

function order(metrics: readonly string[], { metric }: Comparison): number {
  return metrics.indexOf(metric);
}

function gain({ change, greaterIsBetter }: Comparison): number {
  return change === null ? Number.POSITIVE_INFINITY : greaterIsBetter ? change : -change;
}

import type { Evaluation, Evidence, MetricResult } from "../evidence/evidence.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { flippedPhrases } from "../report/flipped.ts";
import { formatNumber, plural } from "../report/format.ts";
import { otherLabelsPhrases } from "../report/other-labels.ts";
import { trainingsPhrase } from "../report/test-set.ts";
import { valueCells } from "./comparison-cells.ts";
import { comparisonsTable } from "./comparisons-table.ts";
import { experimentsText } from "./experiments-table.ts";
import { type Column, fittingTable } from "./fitting.ts";
import { slicesTable } from "./slices-table.ts";
import { terminalWidth } from "./terminal.ts";

const maxIds = 5;

/** The experiments that it was chosen from; metrics of the candidate, beside the baseline's where there is one; then the trainings, what flipped, and the slices. */
export function metricsTable(evidence: Evidence, width: number = terminalWidth()): string {
  const { model, task, evaluations } = evidence;
  const tables = evaluations.flatMap((evaluation) => [
    `${model} on ${describeRows(evaluation)}`,
    evaluation.comparisons.length > 0 ? comparisonsTable(evaluation.comparisons, width) : valuesTable(evaluation, width),
    ...otherLabelsPhrases(evaluation).map(phraseToText),
    ...(evaluation.baselineMissing ? [evaluation.baselineMissing] : []),
    ...seedsTable(evaluation, width),
    ...trainingsPhrase(evaluation, trainingsOf(evaluation)).map(phraseToText),
    ...flippedPhrases(evaluation, task, maxIds).map(phraseToText),
    ...slicesTable(evaluation, width),
  ]);
  return [...experimentsText(evidence, width), ...tables].join("\n\n");
}

function trainingsOf({ candidate, baseline }: Evaluation): (number | undefined)[] {
  return [candidate, baseline].map((side) => side?.predictions.length);
}

function describeRows({ role, testSet, group, weight }: Evaluation): string {
  const groups = group ? `, in ${plural(group.groups, "group")} by ${group.column}` : "";
  const weights = weight ? `, weighted by ${weight}` : "";
  return `${testSet.path}, ${testSet.rows} rows${groups}${weights}${role === "base" ? " (the base's test set)" : ""}`;
}

function valuesTable({ candidate }: Evaluation, width: number): string {
  const columns: Column<MetricResult>[] = [
    { header: "metric", align: "l", cell: ({ metric }) => metric },
    { header: "value", align: "r", cell: (result) => valueCells(result)[0] },
    { header: "95% interval", align: "r", cell: (result) => valueCells(result)[1] },
  ];
  return fittingTable(columns, candidate?.metrics ?? [], width);
}

/** What each training had, where a side has several. */
function seedsTable({ baseline, candidate }: Evaluation, width: number): string[] {
  const seedsOf = (side: Evaluation["candidate"], metric: string) =>
    side?.metrics
      .find((result) => result.metric === metric)
      ?.seeds?.map(formatNumber)
      .join(", ") ?? "";
  const metrics = [...new Set([candidate, baseline].flatMap((side) => side?.metrics ?? []).map(({ metric }) => metric))];
  const several = metrics.filter((metric) => seedsOf(candidate, metric) !== "" || seedsOf(baseline, metric) !== "");
  if (several.length === 0) return [];
  const columns: Column<string>[] = [
    { header: "metric", align: "l", cell: (metric) => metric },
    ...(baseline
      ? [{ header: "baseline's trainings", align: "l", cell: (metric: string) => seedsOf(baseline, metric) } as const]
      : []),
    { header: "candidate's trainings", align: "l", cell: (metric) => seedsOf(candidate, metric) },
  ];
  return [fittingTable(columns, several, width)];
}

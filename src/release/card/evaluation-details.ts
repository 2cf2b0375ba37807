import type { Comparison, Evaluation, MetricResult, Slice } from "../../evidence/evidence.ts";
import { table } from "../../markdown/blocks.ts";
import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { phraseToMarkdown } from "../../markdown/phrase.ts";
import { changeNumbers, type IntervalText, valueNumbers } from "../../report/change-numbers.ts";
import { formatFixed, formatNumber, plural } from "../../report/format.ts";
import { describeDirection } from "../../report/gate-row.ts";
import { greaterIsBetter, metricTitle } from "../../report/metric-title.ts";
import { sliceName } from "../../report/slice-name.ts";
import { designPhrases } from "../../report/test-set.ts";
import type { Task } from "../../spec/spec.ts";
import type { ReleaseFacts } from "../release-facts.ts";
import { factsTable, limited } from "./facts-table.ts";

const maxSliceRows = 200;

/** How well it does, on which rows, and how sure that is. */
export function evaluationDetails({ evidence }: ReleaseFacts): string[] {
  if (evidence.evaluations.length === 0) return ["It was not evaluated."];
  const { trainings } = evidence;
  return [
    ...(trainings.length > 1
      ? [`Values are means over ${plural(trainings.length, "training")}; the model that is shipped is the first one's.`]
      : []),
    ...evidence.evaluations.flatMap((evaluation) => evaluated(evaluation, evidence.task)),
  ];
}

function evaluated(evaluation: Evaluation, task: Task): string[] {
  const { role, testSet, candidate, candidateMissing, baseline, baselineMissing, comparisons, slices = [] } = evaluation;
  const heading = role === "current" ? "Testing data" : "Testing data of the base branch, before it was changed";
  const judged = slices.filter(({ tooSmall }) => !tooSmall);
  const reported = Object.entries(candidate?.reported ?? {});
  return [
    `### ${heading}`,
    factsTable([
      ["Table", [{ code: testSet.path }]],
      ["Content", [{ code: testSet.digest }]],
      ["Rows", formatFixed(testSet.rows, 0)],
      ...designPhrases(evaluation).map((phrase) => ["Design", phrase] as const),
      ["Compared with", baseline ? ["input hash ", { code: baseline.inputHash }] : (baselineMissing ?? "no earlier model")],
    ]),
    `### Results${role === "current" ? "" : " on it"}`,
    candidate
      ? resultTable(
          candidate.metrics.map((metric) => ["all rows", evaluation.testSet.rows, metric, findIn(comparisons, metric)]),
          task,
        )
      : escapeInline(candidateMissing ?? "The model was not scored.", 1_000),
    ...(judged.length === 0
      ? []
      : [
          "#### By slice",
          limited(judged.flatMap(sliceResults), maxSliceRows, "results of slices", (shown) => resultTable(shown, task)),
        ]),
    ...(reported.length === 0
      ? []
      : [
          "#### Reported by the trainer itself",
          table(
            [{ title: "Number" }, { title: "Values", align: "right" }],
            reported.slice(0, 50).map(([name, values]) => [codeSpan(name, 100), values.map(formatNumber).join(", ")]),
          ),
        ]),
  ];
}

type Result = readonly [where: string, rows: number, metric: MetricResult, comparison: Comparison | undefined];

function sliceResults(slice: Slice): Result[] {
  const where = phraseToMarkdown(sliceName(slice));
  return slice.metrics.map((metric) => [where, slice.rows, metric, findIn(slice.comparisons, metric)]);
}

function findIn(comparisons: readonly Comparison[], { metric }: MetricResult): Comparison | undefined {
  return comparisons.find((comparison) => comparison.metric === metric);
}

function resultTable(results: readonly Result[], task: Task): string {
  return table(
    [
      { title: "Metric" },
      { title: "Rows" },
      { title: "Value", align: "right" },
      { title: "95% interval", align: "right" },
      { title: "Baseline", align: "right" },
      { title: "Change", align: "right" },
      { title: "95% interval of the change", align: "right" },
    ],
    results.map(([where, rows, metric, comparison]) => {
      const { value, interval } = valueNumbers(metric);
      const change = changeNumbers(comparison);
      const direction = describeDirection(
        comparison?.greaterIsBetter ?? (task === "scored" ? undefined : greaterIsBetter(metric.metric)),
      );
      return [
        `${phraseToMarkdown(metricTitle(metric.metric, task))}${direction === "" ? "" : `, ${direction}`}`,
        `${where} (${formatFixed(rows, 0)})`,
        metric.value === null ? escapeInline(`undefined: ${metric.undefinedBecause ?? "no reason recorded"}`) : value,
        range(interval, metric.noIntervalBecause),
        change.baseline,
        change.change,
        range(change.interval, change.noIntervalBecause),
      ];
    }),
  );
}

function range(interval: IntervalText | undefined, because: string | undefined): string {
  return interval ? `${interval.low} to ${interval.high}` : because === undefined ? "—" : escapeInline(`none: ${because}`);
}

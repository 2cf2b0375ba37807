import type { MetricResult } from "../../evidence/evidence.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import { metricTitle } from "../../report/metric-title.ts";
import { sliceName } from "../../report/slice-name.ts";
import type { Task } from "../../spec/spec.ts";
import { currentEvaluation, type ReleaseFacts, runUrl } from "../release-facts.ts";
import { type FrontMatter, frontMatter } from "./front-matter.ts";

/** Slices of which results are listed; the evidence has all. */
const maxSlices = 100;

const tasks: Readonly<Record<Task, { type: string; name: string }>> = {
  binary: { type: "binary-classification", name: "Binary classification" },
  multiclass: { type: "multiclass-classification", name: "Multiclass classification" },
  multilabel: { type: "multilabel-classification", name: "Multilabel classification" },
  regression: { type: "regression", name: "Regression" },
  scored: { type: "scored", name: "Scored by the team's own metrics" },
};

export function taskName(task: Task): string {
  return tasks[task].name;
}

/** Front matter as Hugging Face has it: what the team says of license and language, and a `model-index` of what was measured. */
export function cardMetadata(facts: ReleaseFacts): string {
  const { metadata } = facts.statements;
  return frontMatter({ ...metadata, "model-index": [{ name: facts.evidence.model, results: results(facts) }] });
}

function results(facts: ReleaseFacts): FrontMatter[] {
  const { evidence, statements } = facts;
  const evaluation = currentEvaluation(evidence);
  if (evaluation?.candidate === undefined) return [];
  const { testSet, candidate, slices = [] } = evaluation;
  const url = runUrl(facts);
  const task = { ...tasks[evidence.task], ...(statements.metadata.pipeline_tag && { type: statements.metadata.pipeline_tag }) };
  const result = (metrics: readonly MetricResult[], rows: number, slice?: string): FrontMatter[] => {
    const listed = metrics.flatMap((metric) => metricOf(metric, evidence.task) ?? []);
    if (listed.length === 0) return [];
    const dataset = {
      type: "test-set",
      name: testSet.path,
      config: slice,
      split: "test",
      revision: testSet.digest,
      args: { rows },
    };
    return [
      { task, dataset, metrics: listed, source: url === undefined ? undefined : { name: "Assay, from sealed evidence", url } },
    ];
  };
  return [
    ...result(candidate.metrics, testSet.rows),
    ...slices
      .filter(({ tooSmall }) => !tooSmall)
      .slice(0, maxSlices)
      .flatMap((slice) => result(slice.metrics, slice.rows, phraseToText(sliceName(slice)))),
  ];
}

/** Undefined for a metric that has no value. */
function metricOf({ metric, value, interval, method }: MetricResult, task: Task): FrontMatter | undefined {
  if (value === null) return undefined;
  const args = interval && { confidence_level: 0.95, lower: interval.low, upper: interval.high, method };
  return { type: metric, value, name: phraseToText(metricTitle(metric, task)), args };
}

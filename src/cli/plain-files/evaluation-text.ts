import { markdownTable } from "markdown-table";
import type { EvaluatedModels } from "../../evaluation/evaluate-models.ts";
import { shortDigest } from "../../evidence/digest.ts";
import type { MetricResult, Slice } from "../../evidence/evidence.ts";
import { valueCells } from "../comparison-cells.ts";
import type { PlainFiles } from "./compare-files.ts";
import { nameOfSlice } from "./slices-text.ts";

/** What a terminal shows of one model. */
export function evaluationText({ testSet, notes, sides }: PlainFiles, evaluated: EvaluatedModels): string {
  const [side] = sides;
  const head = `${side?.name} on ${testSet.rows} rows of ${testSet.path} (${shortDigest(testSet.digest)})`;
  const { candidate, slices = [], slicesMissing = [] } = evaluated;
  const metrics = candidate?.metrics ?? [];
  const rows = metrics.map((result) => [result.metric, valueCells(result)[0], intervalInWords(result)]);
  return [
    head,
    markdownTable([["metric", "value", "95% interval"], ...rows], { align: ["l", "r", "l"] }),
    ...(metrics.some(({ interval }) => interval)
      ? ["In 19 of 20 evaluations like this one the true value lies within its interval."]
      : []),
    ...(slices.length > 0 ? [slicesTable(slices, metrics)] : []),
    ...slicesMissing.map((text) => `Left out: ${text}.`),
    ...notes,
  ].join("\n\n");
}

function slicesTable(slices: readonly Slice[], metrics: readonly MetricResult[]): string {
  const names = metrics.map(({ metric }) => metric);
  const rows = slices.map((slice) => [
    nameOfSlice(slice),
    String(slice.rows),
    ...names.map((name) => (slice.tooSmall ? "too few rows" : sliceCell(slice.metrics.find(({ metric }) => metric === name)))),
  ]);
  return markdownTable([["slice", "rows", ...names], ...rows], { align: ["l", "r", ...names.map(() => "l")] });
}

function sliceCell(result: MetricResult | undefined): string {
  if (result === undefined) return "";
  const [value, interval] = valueCells(result);
  return `${value} (${interval})`;
}

function intervalInWords(result: MetricResult): string {
  const [, text] = valueCells(result);
  return result.interval ? `between ${text.replace(" to ", " and ")}` : text;
}

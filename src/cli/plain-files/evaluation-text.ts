import { markdownTable } from "markdown-table";
import { shortDigest } from "../../evidence/digest.ts";
import type { MetricResult } from "../../evidence/evidence.ts";
import type { EvaluatedFile } from "../../flows/compare-files.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import { plural } from "../../report/format.ts";
import { designPhrases } from "../../report/test-set.ts";
import { valueCells } from "../comparison-cells.ts";
import { slicesTable } from "../slices-table.ts";
import { terminalWidth } from "../terminal.ts";

/** What a terminal shows of one model. */
export function evaluationText({ files, side, evaluated }: EvaluatedFile, width: number = terminalWidth()): string {
  const { testSet, notes } = files;
  const head = `${side.name} on ${plural(testSet.rows, "row")} of ${testSet.path} (${shortDigest(testSet.digest)})`;
  const metrics = evaluated.candidate?.metrics ?? [];
  const rows = metrics.map((result) => [result.metric, valueCells(result)[0], intervalInWords(result)]);
  return [
    head,
    markdownTable([["metric", "value", "95% interval"], ...rows], { align: ["l", "r", "l"] }),
    ...(metrics.some(({ interval }) => interval)
      ? ["In 19 of 20 evaluations like this one the true value lies within its interval."]
      : []),
    ...slicesTable(evaluated, width),
    ...designPhrases(evaluated).map(phraseToText),
    ...notes,
  ].join("\n\n");
}

function intervalInWords(result: MetricResult): string {
  const [, text] = valueCells(result);
  return result.interval ? `between ${text.replace(" to ", " and ")}` : text;
}

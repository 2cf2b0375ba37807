import { details, table } from "../markdown/blocks.ts";
import { link } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { changeNumbers, valueNumbers } from "./change-numbers.ts";
import { plural } from "./format.ts";
import { withInterval } from "./markdown-gates.ts";
import { metricTitle } from "./metric-title.ts";
import { evaluationOf, evidenceOf, gatesWorstFirst, verdictOf } from "./model-status.ts";
import type { ModelReport, Report } from "./report.ts";
import { sliceName } from "./slice-name.ts";
import { leftOutPhrases, type SliceRow, slicedMetrics, sliceMetrics, sliceRows, slicesCaution, slicesSummary } from "./slices.ts";

const maxTables = 3;
const maxRows = 20;
const maxMissing = 5;

/** The declared slices, the worst first: those metrics that have rules on slices, or else the first one. */
export function slicesFold(report: Report, model: ModelReport): string {
  const pair = evaluationOf(model, "current");
  if (pair === undefined || ((pair.slices ?? []).length === 0 && (pair.slicesMissing ?? []).length === 0)) return "";
  const task = evidenceOf(model)?.task;
  const gates = gatesWorstFirst(model, "current");
  const claims = verdictOf(model) ?? {};
  const metrics = sliceMetrics(pair, gates);
  const ruled = slicedMetrics(gates);
  const shown = metrics.filter((metric, index) => index === 0 || ruled.has(metric)).slice(0, maxTables);
  const tables = shown.flatMap((metric) => {
    const rows = sliceRows(pair, metric, claims);
    if (rows.length === 0) return [];
    const more = rows.length > maxRows ? [`And ${plural(rows.length - maxRows, "more slice")}${whereMore(report)}.`] : [];
    return [phraseToMarkdown([{ strong: metricTitle(metric, task) }]), sliceTable(rows.slice(0, maxRows)), ...more];
  });
  const summary = slicesSummary(pair, shown[0], claims, task);
  const compared = pair.slices?.some(({ comparisons }) => comparisons.length > 0);
  const left = leftOutPhrases(pair, maxMissing).map(phraseToMarkdown);
  return details(
    summary,
    [...tables, compared ? phraseToMarkdown(slicesCaution(claims, task)) : "", ...left]
      .filter((block) => block !== "")
      .join("\n\n"),
  );
}

function sliceTable(rows: readonly SliceRow[]): string {
  const flips = rows.some(({ slice }) => slice.flipped);
  return table(
    [
      { title: "Slice" },
      { title: "Rows", align: "right" },
      { title: "Baseline", align: "right" },
      { title: "Candidate", align: "right" },
      { title: "Change (95% interval)", align: "right" },
      ...(flips ? [{ title: "Rows worse / better", align: "right" as const }] : []),
    ],
    rows.map(({ slice, comparison, value, standing }) => {
      const numbers = changeNumbers(comparison);
      const own = value && valueNumbers(value);
      const mark = standing === "worse" ? "▼ " : standing === "better" ? "▲ " : "";
      return [
        phraseToMarkdown(sliceName(slice)),
        slice.rows.toLocaleString("en-US"),
        numbers.baseline,
        comparison ? numbers.candidate : own ? withInterval(own.value, own.interval) : "—",
        `${mark}${withInterval(numbers.change, numbers.interval)}`,
        ...(flips ? [slice.flipped ? `${slice.flipped.worse} / ${slice.flipped.better}` : "—"] : []),
      ];
    }),
  );
}

function whereMore({ links }: Report): string {
  return links.page ? `: see the ${link("full report", links.page)}` : "";
}

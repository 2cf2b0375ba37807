import type { Slice } from "../evidence/evidence.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { plural } from "../report/format.ts";
import type { MeasuredPair } from "../report/measured.ts";
import { sliceName } from "../report/slice-name.ts";
import { missingSlicePhrases } from "../report/slices.ts";
import { comparisonCells, valueCells } from "./comparison-cells.ts";
import { type Column, fittingTable } from "./fitting.ts";

/** A page of a terminal, or two. */
const maxSlices = 60;
export const maxMissing = 30;

/** The slices of the declared columns, with the change of each metric or, without a baseline, its value; what is left out below. */
export function slicesTable(pair: MeasuredPair, width: number): string[] {
  const { slices = [], comparisons } = pair;
  const missing = missingSlicePhrases(pair, maxMissing).map(phraseToText);
  if (slices.length === 0) return missing;
  const compared = comparisons.length > 0;
  const metrics = [
    ...new Set(slices.flatMap((slice) => (compared ? slice.comparisons : slice.metrics).map(({ metric }) => metric))),
  ];
  const columns: Column<Slice>[] = [
    { header: "slice", align: "l", cell: (slice) => phraseToText(sliceName(slice)) },
    { header: "rows", align: "r", cell: ({ rows }) => rows.toLocaleString("en-US") },
    ...metrics.map(
      (metric, index): Column<Slice> => ({
        header: compared ? `change of ${metric}` : metric,
        align: "r",
        optional: index > 0,
        cell: (slice) => (compared ? changeCell(slice, metric) : valueCell(slice, metric)),
      }),
    ),
    ...(slices.some(({ flipped }) => flipped)
      ? [
          {
            header: "worse / better",
            align: "r",
            optional: true,
            cell: ({ flipped }: Slice) => (flipped ? `${flipped.worse} / ${flipped.better}` : ""),
          } as const,
        ]
      : []),
  ];
  const rest = slices.length - maxSlices;
  return [
    fittingTable(columns, slices.slice(0, maxSlices), width),
    ...(rest > 0 ? [`and ${plural(rest, "more slice")}; --json has them all.`] : []),
    ...missing,
  ];
}

function changeCell({ comparisons, tooSmall }: Slice, metric: string): string {
  if (tooSmall) return "too few rows";
  const comparison = comparisons.find((each) => each.metric === metric);
  if (comparison === undefined) return "";
  const [, , change, interval] = comparisonCells(comparison);
  return interval === "" ? change : `${change} (${interval})`;
}

function valueCell({ metrics, tooSmall }: Slice, metric: string): string {
  if (tooSmall) return "too few rows";
  const result = metrics.find((each) => each.metric === metric);
  if (result === undefined) return "";
  const [value, interval] = valueCells(result);
  return interval === "" ? value : `${value} (${interval})`;
}

import type { Comparison } from "../evidence/evidence.ts";
import { couldShow } from "../report/could-show.ts";
import { comparisonCells } from "./comparison-cells.ts";
import { type Column, fittingTable } from "./fitting.ts";

const columns: readonly Column<Comparison>[] = [
  { header: "metric", align: "l", cell: ({ metric }) => metric },
  { header: "baseline", align: "r", cell: (comparison) => comparisonCells(comparison)[0] },
  { header: "candidate", align: "r", cell: (comparison) => comparisonCells(comparison)[1] },
  { header: "change", align: "r", cell: (comparison) => comparisonCells(comparison)[2] },
  { header: "95% interval of the change", align: "r", cell: (comparison) => comparisonCells(comparison)[3] },
  {
    header: "smallest change it could show",
    align: "r",
    optional: true,
    cell: ({ interval, degreesOfFreedom }) => couldShow(interval, degreesOfFreedom) ?? "",
  },
  { header: "method", align: "l", cell: ({ method }) => method },
];

/** Each metric of both models, the change and its interval. */
export function comparisonsTable(comparisons: readonly Comparison[], width: number): string {
  return fittingTable(columns, comparisons, width);
}

import { markdownTable } from "markdown-table";
import type { RowsNeeded } from "../../flows/rows-needed.ts";
import { formatNumber, plural } from "../../report/format.ts";

/** What a terminal shows of it. */
export function rowsNeededText(needed: RowsNeeded): string {
  const { metric, noWorseThan, basis, unit, seedDeviation, seedRows } = needed;
  const header = [
    "decided in",
    unit === "rows" ? "test rows" : "groups of test rows",
    ...(seedRows === undefined ? [] : [`or seeds a side, with ${plural(seedRows, "row")}`]),
  ];
  const count = (value: number | null | undefined) =>
    value === null || value === undefined ? "no number decides" : value.toLocaleString("en-US");
  const rows = needed.needed.map(({ power, rows, seeds }) => [
    `${formatNumber(power * 100)}% of cases`,
    count(rows),
    ...(seedRows === undefined ? [] : [count(seeds)]),
  ]);
  return [
    `To pass ${metric} no worse than ${formatNumber(noWorseThan)} when nothing truly changed, where ${basis}${spread(seedDeviation)}:`,
    markdownTable([header, ...rows], { align: ["r", "r", "r"] }),
    seedRows === undefined
      ? "With one training a side, what another seed would change is not included; --seed-sd and --rows say how many seeds would be needed."
      : `${unit === "rows" ? "Rows" : "Groups"} are for trained models by themselves; seeds hold for other seeds of the same recipes too.`,
    ...(seedRows !== undefined && needed.needed.some(({ seeds }) => seeds === null)
      ? [`Where no number of seeds decides, ${plural(seedRows, "row")} leave too much noise by themselves: try --rows with more.`]
      : []),
  ].join("\n\n");
}

function spread(seedDeviation: number | undefined): string {
  return seedDeviation === undefined
    ? ""
    : `, and from seed to seed the metric's standard deviation is ${formatNumber(seedDeviation)}`;
}

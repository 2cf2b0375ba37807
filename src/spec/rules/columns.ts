import { below, isMap, listOf, type Report } from "../rule.ts";
import type { WrittenModel } from "./model.ts";

/** Columns of the test set that tell of its rows: each has one part to play. */
export function checkColumns({ evaluate }: WrittenModel, reportModel: Report): void {
  if (evaluate === undefined) return;
  const report = below(reportModel, "evaluate");
  const { id, target, group, weight } = evaluate;
  const clash = (key: string, column: unknown, others: Readonly<Record<string, unknown>>) => {
    const other = Object.keys(others).find((name) => others[name] === column);
    if (typeof column === "string" && other !== undefined)
      report([key], `The column ${JSON.stringify(column)} is ${other} as well.`, "Name another column, or remove one of them.");
  };
  clash("group", group, { id, target });
  clash("weight", weight, { id, target, group });
  const seen = new Set<unknown>();
  for (const [index, slice] of listOf(evaluate.slices).entries()) {
    const column = columnOfSlice(slice);
    if (column === undefined) continue;
    if (seen.has(column)) report(["slices", index], `The column ${JSON.stringify(column)} is named twice.`, "Keep one of them.");
    seen.add(column);
  }
}

/** `country` or `{column: country}`. */
export function columnOfSlice(slice: unknown): string | undefined {
  const column = isMap(slice) ? slice.column : slice;
  return typeof column === "string" ? column : undefined;
}

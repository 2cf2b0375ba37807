import type { Slice } from "../evidence/evidence.ts";
import type { RowDesign } from "../scoring/predictions.ts";

const mostSlices = 200;

/** One value of a declared column. */
export interface ChosenSlice {
  column: string;
  value: string;
  rows: Int32Array;
  /** Fewer rows than declared: listed, never judged. */
  isTooSmall: boolean;
}

/** The slices to evaluate, largest first over all columns, and what was left out, for people. */
export function chooseSlices({ slices, weights }: RowDesign): { chosen: ChosenSlice[]; missing: string[] } {
  const all = slices
    .flatMap(({ column, minRows, values }) =>
      values.map(({ value, rows }): ChosenSlice => ({ column, value, rows, isTooSmall: rows.length < minRows })),
    )
    .sort((a, b) => b.rows.length - a.rows.length);
  const weighed = all.filter(({ rows }) => weights === undefined || rows.some((row) => (weights[row] ?? 0) > 0));
  const chosen = weighed.slice(0, mostSlices);
  const missing = slices.flatMap(({ column, values, more }) => {
    const isOf = (slice: { column: string }) => slice.column === column;
    const [own, kept] = [weighed.filter(isOf).length, chosen.filter(isOf).length];
    const tooMany = more + own - kept;
    const weightless = values.length - own;
    return [
      ...(tooMany > 0 ? [`${column}: ${countOf(tooMany)} with the fewest rows, of ${kept + tooMany}`] : []),
      ...(weightless > 0 ? [`${column}: ${countOf(weightless)} whose rows all weigh 0`] : []),
    ];
  });
  return { chosen, missing };
}

/** A slice that is only listed. */
export function listSlice({ column, value, rows }: ChosenSlice): Slice {
  return { column, value, rows: rows.length, tooSmall: true, metrics: [], comparisons: [] };
}

function countOf(values: number): string {
  return `${values.toLocaleString("en-US")} value${values === 1 ? "" : "s"}`;
}

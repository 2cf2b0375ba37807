import type { Slice, SlicesLeftOut } from "../evidence/evidence.ts";
import type { RowDesign } from "../scoring/predictions.ts";

/** Slices that are judged, of all columns together; see docs/assay-yml.md. */
const mostJudged = 200;
/** Slices that are too small to be judged and listed all the same. */
const mostListed = 100;
/** Evidence of up to 16 MiB holds two evaluations; so much of it is for the slices of one, in bytes. */
const roomForSlices = 5_000_000;
/** Of one metric on one slice: its value, its change with both intervals, and of each training its value; rather too much. */
const bytesOfMetric = 1_000;
const bytesOfTraining = 25;

/** One value of a declared column. */
export interface ChosenSlice {
  column: string;
  value: string;
  rows: Int32Array;
  /** Fewer rows than declared: listed, never judged. */
  isTooSmall: boolean;
}

export interface ChosenSlices {
  /** Largest first over all columns. */
  chosen: ChosenSlice[];
  /** What there is no room for, and what weighs nothing; one a column that has any. */
  leftOut: SlicesLeftOut[];
  /** The same for people. */
  missing: string[];
}

/**
 * The slices to evaluate, of rows that weigh something. Those that can be judged come before those that are only listed; where
 * there is no room for all of them, columns share it evenly, and what a column does not need is the others'. Of a column the
 * largest are taken.
 * @param size what is measured on each slice: metrics, and trainings a side
 */
export function chooseSlices({ slices }: RowDesign, size: { metrics: number; trainings: number }): ChosenSlices {
  const columns = slices.map(({ column, minRows, values }) => {
    const all = values
      .filter(({ rows }) => rows.length > 0)
      .map(({ value, rows }): ChosenSlice => ({ column, value, rows, isTooSmall: rows.length < minRows }))
      .sort(largestFirst);
    return { column, minRows, values, all, judgeable: all.filter(({ isTooSmall }) => !isTooSmall) };
  });
  const shares = evenShares(
    columns.map(({ judgeable }) => judgeable.length),
    roomFor(size),
  );
  const judged = columns.flatMap(({ judgeable }, i) => judgeable.slice(0, shares[i]));
  const small = columns.flatMap(({ all }) => all.filter(({ isTooSmall }) => isTooSmall));
  const chosen = [...judged, ...small.sort(largestFirst).slice(0, mostListed)].sort(largestFirst);
  const told = columns.map(({ column, minRows, values, all, judgeable }, i) => {
    const kept = chosen.filter((slice) => slice.column === column).length;
    const left = { column, values: values.length - kept, judgeable: judgeable.length - (shares[i] ?? 0) };
    return { left, why: whyLeftOut(left, { minRows, all: all.length, weightless: values.length - all.length }) };
  });
  return {
    chosen,
    leftOut: told.flatMap(({ left }) => (left.values > 0 ? [left] : [])),
    missing: told.flatMap(({ why }) => why),
  };
}

/** A slice that is only listed. */
export function listSlice({ column, value, rows }: ChosenSlice): Slice {
  return { column, value, rows: rows.length, tooSmall: true, metrics: [], comparisons: [] };
}

function roomFor({ metrics, trainings }: { metrics: number; trainings: number }): number {
  const bytes = Math.max(1, metrics) * (bytesOfMetric + bytesOfTraining * trainings);
  return Math.max(1, Math.min(mostJudged, Math.floor(roomForSlices / bytes)));
}

/** So much of each that all have the same, except those that want less. */
function evenShares(wanted: readonly number[], room: number): number[] {
  const shares = wanted.map(() => 0);
  const ascending = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  let left = room;
  for (const [taken, i] of ascending.entries()) {
    shares[i] = Math.min(wanted[i] ?? 0, Math.floor(left / (ascending.length - taken)));
    left -= shares[i];
  }
  return shares;
}

function whyLeftOut(
  { column, values, judgeable }: SlicesLeftOut,
  { minRows, all, weightless }: { minRows: number; all: number; weightless: number },
): string[] {
  const tooMany = values - weightless;
  const enough = judgeable > 0 ? `; ${countOf(judgeable)} of ${minRows.toLocaleString("en-US")} rows or more among them` : "";
  return [
    ...(tooMany > 0 ? [`${column}: ${countOf(tooMany)} with the fewest rows, of ${all.toLocaleString("en-US")}${enough}`] : []),
    ...(weightless > 0 ? [`${column}: ${countOf(weightless)} whose rows all weigh 0`] : []),
  ];
}

function largestFirst(a: ChosenSlice, b: ChosenSlice): number {
  return b.rows.length - a.rows.length;
}

function countOf(values: number): string {
  return `${values.toLocaleString("en-US")} value${values === 1 ? "" : "s"}`;
}

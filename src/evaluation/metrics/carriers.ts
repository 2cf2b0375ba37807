import { leastRankingErrors } from "../../statistics/delong.ts";
import type { Carries, Need } from "../guards.ts";
import type { Trainings } from "../row-noise.ts";
import type { Rows } from "../rows.ts";

/** Numbers of each row that a metric reads of a model. */
type Reads = (rows: Rows) => readonly ArrayLike<number>[];

/** Averages of trainings miss each other by rounding. */
const rounding = 1e-12;

/** Rows in which what the metric reads differs, on the trainings' average. */
export function whereReadDiffers(reads: Reads) {
  return (baseline: Trainings, candidate: Trainings): Carries => {
    const [theirs, ours] = [baseline.map(reads), candidate.map(reads)];
    const columns = ours[0]?.length ?? 0;
    return (row) => {
      for (let column = 0; column < columns; column++) {
        const [before, after] = [averageAt(theirs, column, row), averageAt(ours, column, row)];
        if (Math.abs(after - before) > rounding * Math.max(Math.abs(before), Math.abs(after))) return 1;
      }
      return 0;
    };
  };
}

/** As `whereReadDiffers` of one number a row without bounds: each row by how far it differs, beside the one that does most. */
export function whereReadMoves(read: (rows: Rows) => ArrayLike<number>) {
  return (baseline: Trainings, candidate: Trainings): Carries => {
    const [theirs, ours] = [baseline, candidate].map((side) => side.map((rows) => [read(rows)]));
    const apart = (row: number) => Math.abs(averageAt(ours ?? [], 0, row) - averageAt(theirs ?? [], 0, row));
    let most = 0;
    for (let row = 0; row < (candidate[0]?.count ?? 0); row++) most = Math.max(most, apart(row));
    return (row) => (most > 0 ? apart(row) / most : 0);
  };
}

function averageAt(trainings: readonly (readonly ArrayLike<number>[])[], column: number, row: number): number {
  let total = 0;
  for (const columns of trainings) total += columns[column]?.[row] ?? 0;
  return total / trainings.length;
}

/**
 * Rows by how far a metric of labels takes them differently, on the trainings' average.
 * @param slopes each row's derivative of the metric, up to a number that is the row's own whatever the model says
 * @param most that another prediction can make of it
 */
export function whereSlopeDiffers(slopes: (rows: Rows) => (row: number) => number, most: number) {
  return (baseline: Trainings, candidate: Trainings): Carries => {
    const [theirs, ours] = [baseline.map(slopes), candidate.map(slopes)];
    const average = (side: readonly ((row: number) => number)[], row: number) =>
      side.reduce((total, slope) => total + slope(row), 0) / side.length;
    return (row) => {
      const apart = Math.abs(average(ours, row) - average(theirs, row)) / most;
      return apart > rounding ? Math.min(1, apart) : 0;
    };
  };
}

export function rowsNeed(least = 30): Need {
  return { least, of: "rows", rows: () => 1, sides: "truth" };
}

/**
 * Where a ranking is nearly without errors, the few rows that would show its noise are likely not in the sample.
 * @param of a row of the rarest class, how far it is ranked wrong, 0 to 1; of others 0
 */
export function rankingErrorsNeed(of: (row: number) => number): Need {
  return { least: leastRankingErrors, of: "row's worth of ranking errors", rows: of, sides: "one" };
}

/** Rows that only the first of two took for 1, and rows that only the second did, by any number a row. */
export function countMoves(theirs: ArrayLike<number>, ours: ArrayLike<number>): { gained: number; lost: number } {
  let [gained, lost] = [0, 0];
  for (let row = 0; row < ours.length; row++) {
    const [before = 0, after = 0] = [theirs[row], ours[row]];
    if (after > before) gained++;
    if (after < before) lost++;
  }
  return { gained, lost };
}

import type { Random } from "../../src/statistics/random.ts";

/** Full numbers go into the docs; quick ones end within a minute, for CI. */
export type Size = "full" | "quick";

/** Named counts of what happened. Those of several runs add up, so the order of runs and the number of workers do not matter. */
export type Tally = Record<string, number>;

/** One line of the result: a setting that is simulated many times. */
export interface Cell {
  /** Part of the seed. */
  id: string;
  runs: number;
  /** What one run costs, in rows: only for the order and size of the workers' portions. */
  cost: number;
  /** One run on a stream of random numbers of its own. */
  simulate: (random: Random) => Tally;
}

export interface Result {
  /** Title and Markdown table, in order. */
  tables: { title: string; text: string }[];
  /** One sentence: the cell that comes closest to breaking the word, or breaks it furthest. */
  worst: string;
  /** Whether every cell kept it. */
  kept: boolean;
}

export interface Simulation {
  name: string;
  cells(size: Size): Cell[];
  report(tallies: ReadonlyMap<string, Tally>): Result;
}

/** Standard error of a share of `runs`. */
export function monteCarloError(share: number, runs: number): number {
  return Math.sqrt((share * (1 - share)) / runs);
}

/** `94.7%`, or a dash where nothing was counted. */
export function percent(count: number, of: number): string {
  return of > 0 ? `${((100 * count) / of).toFixed(1)}%` : "–";
}

import type { Flipped } from "../evidence/evidence.ts";
import type { LabelledRows, MultilabelRows, Rows } from "./rows.ts";

const mostIds = 20;
/** As long as evidence may quote an id. */
const longestId = 200;

/** Of `scored` tasks: the score that is looked at. */
export interface FlipScore {
  name: string;
  greaterIsBetter: boolean;
}

/**
 * How many rows the candidate gets right and the baseline wrong, and the other way round: by the label, or all labels of a row;
 * of `scored` tasks rows with a better and with a worse score. Undefined for numbers, which are never right.
 */
export function countFlipped(
  baseline: Rows,
  candidate: Rows,
  score?: FlipScore | undefined,
): { better: number; worse: number } | undefined {
  const flips = flipsOf(baseline, candidate, score);
  if (flips === undefined) return undefined;
  const counts = { better: 0, worse: 0 };
  for (const flip of flips) {
    if (flip > 0) counts.better++;
    if (flip < 0) counts.worse++;
  }
  return counts;
}

/** As `countFlipped`, with the ids of the first rows each way. */
export function findFlipped(
  ids: readonly string[],
  baseline: Rows,
  candidate: Rows,
  score?: FlipScore | undefined,
): Flipped | undefined {
  const flips = flipsOf(baseline, candidate, score);
  if (flips === undefined) return undefined;
  const found = { better: 0, worse: 0, betterIds: [] as string[], worseIds: [] as string[] };
  for (const [row, flip] of flips.entries()) {
    if (flip === 0) continue;
    const [way, list] = flip > 0 ? (["better", found.betterIds] as const) : (["worse", found.worseIds] as const);
    found[way]++;
    if (list.length < mostIds) list.push((ids[row] ?? "").slice(0, longestId));
  }
  return found;
}

/** 1 a row that got better, −1 one that got worse, 0 any other. */
function flipsOf(baseline: Rows, candidate: Rows, score: FlipScore | undefined): Int8Array | undefined {
  if (baseline.kind === "scored" && candidate.kind === "scored") {
    const [theirs, ours] = [baseline, candidate].map(({ scores }) => scores.get(score?.name ?? ""));
    if (score === undefined || theirs === undefined || ours === undefined) return undefined;
    const sign = score.greaterIsBetter ? 1 : -1;
    return Int8Array.from(ours, (value, row) => {
      const change = value - (theirs[row] ?? Number.NaN);
      return Number.isNaN(change) ? 0 : sign * Math.sign(change);
    });
  }
  const [theirs, ours] = [rightOf(baseline), rightOf(candidate)];
  if (theirs === undefined || ours === undefined) return undefined;
  return Int8Array.from({ length: candidate.count }, (_, row) => Number(ours(row)) - Number(theirs(row)));
}

function rightOf(rows: Rows): ((row: number) => boolean) | undefined {
  switch (rows.kind) {
    case "classification":
      return (row) => isRight(rows, row);
    case "multilabel":
      return (row) => hasAllRight(rows, row);
    default:
      return undefined;
  }
}

function isRight({ truth, predicted }: LabelledRows, row: number): boolean {
  return truth[row] === predicted[row];
}

function hasAllRight({ truth, predicted }: MultilabelRows, row: number): boolean {
  return truth.every((flags, label) => flags[row] === predicted[label]?.[row]);
}

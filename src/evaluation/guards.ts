import type { Groups } from "../statistics/groups.ts";
import type { Metric } from "./metric.ts";
import type { Trainings } from "./row-noise.ts";
import type { Rows } from "./rows.ts";

/** Fewer groups than this have too uncertain a variance between them; see docs/statistics.md. */
const leastGroups = 30;
const leastDifferent = 10;

/** What an interval of a side's metric lacks: events in one of its trainings, or groups. */
export function missingForValue(metric: Metric, trainings: Trainings, groups: Groups | undefined): string | undefined {
  const ofTrainings = trainings.map((rows) => metric.missingEvents([rows]));
  return ofTrainings.find((missing) => missing !== undefined) ?? missingGroups(groups);
}

/** As `missingForValue` for a change: rows, or groups, in which the sides differ are events too. */
export function missingForChange(
  metric: Metric,
  baseline: Trainings,
  candidate: Trainings,
  groups: Groups | undefined,
): string | undefined {
  const missing = metric.missingEvents([...baseline, ...candidate]) ?? missingGroups(groups);
  if (missing !== undefined) return missing;
  const has = countDifferent(metric, baseline, candidate, groups);
  if (has >= leastDifferent) return undefined;
  return `needs ${leastDifferent} ${groups ? "groups" : "rows"} that the models treat differently, has ${has}`;
}

function missingGroups(groups: Groups | undefined): string | undefined {
  if (groups === undefined || groups.count >= leastGroups) return undefined;
  return `needs ${leastGroups} groups of rows, has ${groups.count}`;
}

function countDifferent(metric: Metric, baseline: Trainings, candidate: Trainings, groups: Groups | undefined): number {
  const different = new Set<number>();
  for (const [i, ours] of candidate.entries()) {
    const theirs = baseline[i % baseline.length];
    if (theirs === undefined) continue;
    const isDifferent = differsAt(metric, theirs, ours);
    for (let row = 0; row < ours.count && different.size < leastDifferent; row++)
      if (isDifferent(row)) different.add(groups?.of[row] ?? row);
  }
  return different.size;
}

/** By all that such a metric reads. */
function differsAt(metric: Metric, baseline: Rows, candidate: Rows): (row: number) => boolean {
  const [theirs, ours] = [columnsOf(metric, baseline), columnsOf(metric, candidate)];
  return (row) => ours.some((column, i) => column?.[row] !== theirs[i]?.[row]);
}

function columnsOf({ name, needs }: Metric, rows: Rows): (ArrayLike<number> | undefined)[] {
  switch (rows.kind) {
    case "classification":
      return needs === "probabilities" ? [...rows.probabilities] : [rows.predicted];
    case "multilabel":
      return needs === "probabilities" ? [...rows.probabilities] : [...rows.predicted];
    case "regression":
      return [rows.predicted];
    case "scored":
      return [rows.scores.get(name)];
  }
}

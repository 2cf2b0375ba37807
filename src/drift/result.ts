import { type DriftColumn, type DriftResult, hasDrifted, timesLimit } from "../evidence/data-evidence.ts";

export interface ComparedColumns extends Omit<DriftResult, "drifted"> {
  /** Names of columns that the reference lacks. */
  added: readonly string[];
  weights?: ReadonlyMap<string, number> | undefined;
}

/** Puts drifted columns first, by how far over their limit they are times their weight, and columns that were not compared last. */
export function driftResult({ added, smallestShift, columns, weights, ...rest }: ComparedColumns): DriftResult {
  const all = [...columns, ...added.map((name): DriftColumn => ({ name, state: "added", tests: [] }))];
  const order = new Map(
    all.map((column) => [column, [rankOf[column.state], -excessOf(column) * (weights?.get(column.name) ?? 1)] as const]),
  );
  const sorted = all.toSorted((a, b) => {
    const [[rank = 0, excess = 0] = [], [otherRank = 0, otherExcess = 0] = []] = [order.get(a), order.get(b)];
    return rank - otherRank || excess - otherExcess;
  });
  return {
    ...rest,
    columns: sorted,
    drifted: all.filter(hasDrifted).length,
    ...(smallestShift === undefined ? {} : { smallestShift }),
  };
}

const rankOf: Readonly<Record<DriftColumn["state"], number>> = {
  removed: 0,
  retyped: 0,
  drifted: 1,
  added: 2,
  stable: 3,
  "not-compared": 4,
};

/** How many times its limit the effect is that tells most. */
function excessOf({ tests }: DriftColumn): number {
  const drifted = tests.filter((test) => test.drifted);
  return Math.max(0, ...(drifted.length > 0 ? drifted : tests).map(timesLimit));
}

export const excludedWhy = "excluded by drift.exclude";

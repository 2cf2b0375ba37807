import type { RowDesign } from "../scoring/predictions.ts";
import type { Groups } from "../statistics/groups.ts";
import type { Rows } from "./rows.ts";
import { selectGroups, selectRows } from "./select-rows.ts";

/** The rows that weigh something, and how to go on with these alone. */
export interface Weighing {
  ids: readonly string[];
  design: RowDesign;
  groups: Groups | undefined;
  select(rows: Rows): Rows;
}

/** Rows of weight 0 are no rows: they are left out once, so that nothing counts them as events. */
export function withoutWeightless(ids: readonly string[], design: RowDesign): Weighing {
  const { weights, group, slices } = design;
  const groups = group && { of: group.of, count: group.groups };
  if (weights === undefined || weights.every((weight) => weight > 0)) return { ids, design, groups, select: (rows) => rows };
  const kept = Int32Array.from(weights.keys().filter((row) => (weights[row] ?? 0) > 0));
  const places = new Int32Array(weights.length).fill(-1);
  for (const [place, row] of kept.entries()) places[row] = place;
  const moved = (rows: Int32Array) => rows.map((row) => places[row] ?? -1).filter((place) => place >= 0);
  const left = groups && selectGroups(groups, kept);
  return {
    ids: Array.from(kept, (row) => ids[row] ?? ""),
    design: {
      ...design,
      weights: weights.filter((weight) => weight > 0),
      group: group && left && { ...group, of: left.of, groups: left.count },
      slices: slices.map((slice) => ({
        ...slice,
        values: slice.values.map((value) => ({ ...value, rows: moved(value.rows) })),
      })),
    },
    groups: left,
    select: (rows) => selectRows(rows, kept),
  };
}

/** Whether all trainings of a side say the same of every row, in all that they say. */
export function areEqual([first, ...others]: readonly Rows[]): boolean {
  return first !== undefined && others.length > 0 && others.every((rows) => saySame(first, rows));
}

function saySame(one: Rows, other: Rows): boolean {
  const [mine, theirs] = [saidBy(one), saidBy(other)];
  return mine.length === theirs.length && mine.every((column, i) => sameColumn(column, theirs[i]));
}

function saidBy(rows: Rows): (ArrayLike<number> | undefined)[] {
  switch (rows.kind) {
    case "classification":
      return [rows.predicted, ...rows.probabilities];
    case "multilabel":
      return [...rows.predicted, ...rows.probabilities];
    case "regression":
      return [rows.predicted];
    case "scored":
      return [...rows.scores.values()];
  }
}

function sameColumn(one: ArrayLike<number> | undefined, other: ArrayLike<number> | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  for (let row = 0; row < one.length; row++) if (!Object.is(one[row], other[row])) return false;
  return one.length === other.length;
}

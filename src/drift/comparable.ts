import type { ColumnProfile } from "../data/profile.ts";
import type { ColumnCounts } from "../data/profile-counts.ts";
import type { DriftColumn } from "../evidence/data-evidence.ts";
import { excludedWhy } from "./result.ts";

export interface CompareOptions {
  /** Columns that are not compared. */
  exclude?: ReadonlySet<string> | undefined;
  /** How much columns matter to the model, where that is known; 1 of others. Decides which drifted columns are named first. */
  weights?: ReadonlyMap<string, number> | undefined;
}

type PresentCounts = Exclude<ColumnCounts, { type: "absent" }>;

/** A column before anything is measured: what it is without any test, and its counts where there is something to measure. */
export interface Comparable {
  column: Omit<DriftColumn, "state" | "tests">;
  /** What it is where no test says that it drifted. */
  state: Exclude<DriftColumn["state"], "drifted" | "added">;
  counts?: PresentCounts;
}

/** @param rows of the reference and of the current data */
export function comparable(
  reference: ColumnProfile,
  current: ColumnCounts,
  rows: readonly [number, number],
  exclude: ReadonlySet<string> | undefined,
): Comparable {
  const known = { name: reference.name, type: reference.type };
  if (exclude?.has(reference.name)) return { column: { ...known, why: excludedWhy }, state: "not-compared" };
  if (current.type === "absent") return { column: known, state: "removed" };
  if (rows[0] === 0 || rows[1] === 0) return { column: { ...known, why: "there are no rows to compare" }, state: "not-compared" };
  // What is of another type is as good as missing to who reads the column; what held no values fits every type.
  const counts = reference.missing === rows[0] ? { ...current, mistyped: 0 } : current;
  const missing = { reference: reference.missing / rows[0], current: (counts.missing + counts.mistyped) / rows[1] };
  const column = { ...known, missing };
  if (counts.mistyped > (rows[1] - counts.missing) / 2)
    return { column: { ...column, why: retypedWhy(reference, counts.mistyped) }, state: "retyped" };
  return { column, state: "stable", counts };
}

const holds: Readonly<Record<ColumnProfile["type"], string>> = {
  number: "numbers",
  boolean: "true and false",
  category: "categories",
  text: "texts",
  time: "times",
};

function retypedWhy({ type }: ColumnProfile, mistyped: number): string {
  return `it held ${holds[type]}; ${mistyped.toLocaleString("en")} of its values now are something else`;
}

/** Data of another day lies elsewhere: that is no drift. */
export const timeWhy = "time moves on by itself";

import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { ColumnCounts, TableCounts } from "../data/profile-counts.ts";
import type { DriftColumn, DriftResult, Histogram } from "../evidence/data-evidence.ts";
import { createRandom } from "../statistics/random.ts";
import type { Candidate } from "./candidate.ts";
import { categoryTests } from "./category-tests.ts";
import { countedTests, decideTests } from "./decide-tests.ts";
import { rangeTest, valuesTest } from "./distribution-tests.ts";
import { categoryHistogram, distributionHistogram } from "./histograms.ts";
import { missingTest } from "./missing-test.ts";
import { driftResult, excludedWhy } from "./result.ts";
import { seedOf } from "./seed.ts";
import { smallestShift } from "./smallest-shift.ts";

export interface CompareOptions {
  /** Columns that are not compared. */
  exclude?: ReadonlySet<string> | undefined;
}

/** A column before its tests are decided, which takes all columns' tests. */
interface Compared {
  column: Omit<DriftColumn, "state" | "tests">;
  /** What it is where no test says that it drifted. */
  otherwise: Exclude<DriftColumn["state"], "drifted" | "added">;
  candidates: readonly Candidate[];
}

/**
 * Preset `assay`: a column drifted when in one of its tests the effect is over its limit and the difference is significant after
 * Benjamini and Hochberg's correction over all tests of all columns. A pure function: the same profile and counts give the same
 * result, whatever the order of the rows.
 */
export function compareWithProfile(reference: Profile, current: TableCounts, { exclude }: CompareOptions = {}): DriftResult {
  const rows = [reference.rows, current.rows] as const;
  const compared = reference.columns.map((column, i): Compared => {
    const counts = current.columns[i];
    const { name, type } = column;
    if (exclude?.has(name)) return { column: { name, type, why: excludedWhy }, otherwise: "not-compared", candidates: [] };
    return compareColumn(column, counts ?? { type: "absent", name }, rows);
  });
  const decided = decideTests(compared.map(({ candidates }) => candidates));
  const columns = compared.map(({ column, otherwise }, i): DriftColumn => {
    const tests = decided[i] ?? [];
    return { ...column, state: tests.some(({ drifted }) => drifted) ? "drifted" : otherwise, tests };
  });
  return driftResult({
    preset: "assay",
    rows: { reference: rows[0], current: rows[1] },
    columns,
    added: current.added.filter((name) => !exclude?.has(name)),
    smallestShift: smallestShift(...rows, countedTests(compared.flatMap(({ candidates }) => candidates))),
  });
}

function compareColumn(reference: ColumnProfile, current: ColumnCounts, rows: readonly [number, number]): Compared {
  const known = { name: reference.name, type: reference.type };
  if (current.type === "absent") return { column: known, otherwise: "removed", candidates: [] };
  if (rows[0] === 0 || rows[1] === 0)
    return { column: { ...known, why: "there are no rows to compare" }, otherwise: "not-compared", candidates: [] };
  // What is of another type is as good as missing to who reads the column.
  const lacking = current.missing + current.mistyped;
  const column = { ...known, missing: { reference: reference.missing / rows[0], current: lacking / rows[1] } };
  if (current.mistyped > (rows[1] - current.missing) / 2)
    return { column: { ...column, why: retypedWhy(reference, current.mistyped) }, otherwise: "retyped", candidates: [] };
  const missing = missingTest([reference.missing, lacking], rows);
  if (reference.type === "time")
    // Data of another day lies elsewhere: that is no drift.
    return { column: { ...column, why: "time moves on by itself" }, otherwise: "not-compared", candidates: [missing] };
  const { candidates, histogram } = compareValues(reference, current);
  return {
    column: { ...column, ...(histogram === undefined ? {} : { histogram }) },
    otherwise: "stable",
    candidates: [...candidates, missing],
  };
}

function compareValues(
  reference: ColumnProfile,
  current: Exclude<ColumnCounts, { type: "absent" }>,
): { candidates: Candidate[]; histogram?: Histogram } {
  const random = createRandom(seedOf(reference, current));
  if ("counts" in reference && "counts" in current) {
    const [before, now] = [reference.counts, current.counts];
    const hasValues = before.values.length > 0 && (now.others.count > 0 || now.values.some((count) => count > 0));
    return hasValues
      ? { candidates: categoryTests(before, now, random), histogram: categoryHistogram(before, now) }
      : { candidates: [] };
  }
  if (!("distribution" in reference && "distribution" in current)) return { candidates: [] };
  const [before, now] = [reference.distribution, current.distribution];
  // A reference that has infinite values has no ends beyond which they could lie.
  const infinite = "infinite" in current && "infinite" in reference && reference.infinite === 0 ? current.infinite : 0;
  if (before.count === 0 || now.count + infinite === 0) return { candidates: [] };
  const range = rangeTest(before, now, infinite);
  if (now.count === 0) return { candidates: [range] };
  return { candidates: [valuesTest(before, now, random), range], histogram: distributionHistogram(before, now) };
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

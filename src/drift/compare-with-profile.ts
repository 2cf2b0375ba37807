import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { TableCounts } from "../data/profile-counts.ts";
import type { DriftColumn, DriftResult, Histogram } from "../evidence/data-evidence.ts";
import { createRandom } from "../statistics/random.ts";
import type { Candidate } from "./candidate.ts";
import { categoryTests } from "./category-tests.ts";
import { type Comparable, type CompareOptions, comparable, timeWhy } from "./comparable.ts";
import { countedTests, decideTests } from "./decide-tests.ts";
import { rangeTest, valuesTest } from "./distribution-tests.ts";
import { type ComparedEmbedding, compareEmbedding, type Embeddings, embeddingOf, isAnyPart } from "./embeddings.ts";
import { categoryHistogram, distributionHistogram } from "./histograms.ts";
import { missingTest } from "./missing-test.ts";
import { driftResult } from "./result.ts";
import { seedOf } from "./seed.ts";
import { smallestShift } from "./smallest-shift.ts";

export interface AssayOptions extends CompareOptions {
  /** Columns of numbers that are looked at together, as one column each. */
  embeddings?: Embeddings | undefined;
}

/** A column before its tests are decided, which takes all columns' tests. */
interface Compared extends Pick<Comparable, "column" | "state"> {
  candidates: readonly Candidate[];
}

/**
 * Preset `assay`: a column drifted when in one of its tests the effect is over its limit and the difference is significant after
 * Benjamini and Hochberg's correction over all tests of all columns. A pure function: the same profile and counts give the same
 * result, whatever the order of the rows.
 */
export function compareWithProfile(
  reference: Profile,
  current: TableCounts,
  { exclude, weights, embeddings = new Map() }: AssayOptions = {},
): DriftResult {
  const rows = [reference.rows, current.rows] as const;
  const single = reference.columns.flatMap((column, i): Compared[] => {
    if (embeddingOf(column, embeddings) !== undefined && !exclude?.has(column.name)) return [];
    const counts = current.columns[i] ?? { type: "absent", name: column.name };
    return [compareColumn(column, comparable(column, counts, rows, exclude), rows)];
  });
  const embedded = [...embeddings.keys()].map((name) => compareEmbedding(name, reference, current, embeddings, exclude));
  const compared = withEmbeddings(single, embedded);
  const decided = decideTests(compared.map(({ candidates }) => candidates));
  const columns = compared.map(({ column, state }, i): DriftColumn => {
    const tests = decided[i] ?? [];
    return { ...column, state: tests.some(({ drifted }) => drifted) ? "drifted" : state, tests };
  });
  return driftResult({
    preset: "assay",
    rows: { reference: rows[0], current: rows[1] },
    columns,
    weights,
    added: current.added.filter((name) => !exclude?.has(name) && !isAnyPart(name, embeddings)),
    smallestShift: smallestShift(...rows, countedTests(compared.flatMap(({ candidates }) => candidates))),
  });
}

/** What is embedded is one column, by itself and by its embedding; where the table does not have it, its embedding stands alone. */
function withEmbeddings(columns: readonly Compared[], embedded: readonly ComparedEmbedding[]): Compared[] {
  const of = new Map(embedded.map((embedding) => [embedding.column.name, embedding]));
  const merged = columns.map((compared): Compared => {
    const embedding = of.get(compared.column.name);
    if (embedding === undefined || compared.state !== "stable") return compared;
    const { column, state, candidates } = embedding;
    if (state === "not-compared") return compared;
    return { column: { ...compared.column, ...column }, state, candidates: [...compared.candidates, ...candidates] };
  });
  const names = new Set(columns.map(({ column }) => column.name));
  return [...merged, ...embedded.filter(({ column }) => !names.has(column.name))];
}

function compareColumn(
  reference: ColumnProfile,
  { column, state, counts }: Comparable,
  rows: readonly [number, number],
): Compared {
  if (counts === undefined) return { column, state, candidates: [] };
  const missing = missingTest([reference.missing, counts.missing + counts.mistyped], rows);
  if (reference.type === "time") return { column: { ...column, why: timeWhy }, state: "not-compared", candidates: [missing] };
  const { candidates, histogram } = compareValues(reference, counts);
  return {
    column: { ...column, ...(histogram === undefined ? {} : { histogram }) },
    state,
    candidates: [...candidates, missing, ...infiniteTests(reference, counts, rows)],
  };
}

/** Where the reference has none, infinite values lie beyond its ends. */
function infiniteTests(
  reference: ColumnProfile,
  current: NonNullable<Comparable["counts"]>,
  rows: readonly [number, number],
): Candidate[] {
  if (reference.type !== "number" || current.type !== "number" || reference.infinite === 0) return [];
  return [missingTest([reference.infinite, current.infinite], rows, "infinite")];
}

function compareValues(
  reference: ColumnProfile,
  current: NonNullable<Comparable["counts"]>,
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

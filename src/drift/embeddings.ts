import type { ColumnProfile, Profile } from "../data/profile.ts";
import type { TableCounts } from "../data/profile-counts.ts";
import { falseDiscoveryAdjusted } from "../statistics/false-discovery.ts";
import { ksQuantile } from "../statistics/kolmogorov-smirnov.ts";
import { createRandom } from "../statistics/random.ts";
import type { Candidate } from "./candidate.ts";
import { type Comparable, type CompareOptions, comparable } from "./comparable.ts";
import { valuesTest } from "./distribution-tests.ts";
import { limits, noiseTail } from "./limits.ts";
import { missingTest } from "./missing-test.ts";
import { excludedWhy } from "./result.ts";

/** What an embedding consists of: columns of numbers whose names begin so, or a list of them. */
export type EmbeddingColumns = string | readonly string[];

/** By the name of what is embedded, such as a column of texts. */
export type Embeddings = ReadonlyMap<string, EmbeddingColumns>;

/** An embedding's tests, before they are decided. */
export interface ComparedEmbedding extends Pick<Comparable, "column" | "state"> {
  candidates: readonly Candidate[];
}

/** A column is part of one embedding at most: the first that it fits. */
export function embeddingOf({ name, type }: Pick<ColumnProfile, "name" | "type">, embeddings: Embeddings): string | undefined {
  if (type !== "number") return undefined;
  for (const [embedded, columns] of embeddings) if (isPart(name, columns)) return embedded;
  return undefined;
}

/** Of a column that the reference lacks, whose type is not known. */
export function isAnyPart(name: string, embeddings: Embeddings): boolean {
  return [...embeddings.values()].some((columns) => isPart(name, columns));
}

function isPart(name: string, columns: EmbeddingColumns): boolean {
  return typeof columns === "string" ? name.startsWith(columns) : columns.includes(name);
}

/**
 * The columns of an embedding together, as one column. Its effect is the largest difference of a distribution function among them;
 * its p-value is Simes's over theirs, so that many columns are one test, however they depend on one another in practice, and a change
 * of all of them by a little is found as one of a few by much is.
 */
export function compareEmbedding(
  name: string,
  reference: Profile,
  current: TableCounts,
  embeddings: Embeddings,
  exclude: CompareOptions["exclude"],
): ComparedEmbedding {
  const rows = [reference.rows, current.rows] as const;
  const about = { name };
  if (exclude?.has(name)) return { column: { ...about, why: excludedWhy }, state: "not-compared", candidates: [] };
  const parts = reference.columns.flatMap((column, i) => {
    if (embeddingOf(column, embeddings) !== name || exclude?.has(column.name)) return [];
    const counts = current.columns[i] ?? { type: "absent" as const, name: column.name };
    return [{ column, ...pick(comparable(column, counts, rows, exclude)) }];
  });
  if (parts.length === 0) {
    const why = "no column of numbers is part of it";
    return { column: { ...about, why }, state: "not-compared", candidates: [] };
  }
  const other = parts.filter(({ state }) => state !== "stable").length;
  const more = current.added.filter((added) => isPart(added, embeddings.get(name) ?? [])).length;
  if (other + more > 0) {
    const found = [...(other > 0 ? [`${other} are gone or hold no numbers now`] : []), ...(more > 0 ? [`${more} are new`] : [])];
    return {
      column: { ...about, why: `of its ${parts.length} columns ${found.join(", and ")}` },
      state: "retyped",
      candidates: [],
    };
  }
  const tests = parts.flatMap(({ column, counts }) => {
    if (!("distribution" in column) || counts === undefined || !("distribution" in counts)) return [];
    if (column.distribution.count === 0 || counts.distribution.count === 0) return [];
    return [valuesTest(column.distribution, counts.distribution, createRandom(1))];
  });
  const missing = missingOf(
    parts.map(({ column, counts }) => [column.missing, (counts?.missing ?? 0) + (counts?.mistyped ?? 0)]),
    rows,
  );
  return { column: about, state: "stable", candidates: [...valuesOf(tests, rows), missing] };
}

function pick({ state, counts }: Comparable): Pick<Comparable, "state" | "counts"> {
  return { state, counts };
}

function valuesOf(tests: readonly Candidate[], [reference, current]: readonly [number, number]): Candidate[] {
  const counted = tests.filter(({ counts }) => counts);
  if (counted.length === 0) return [];
  return [
    {
      ...{ of: "embedding", measure: "ks", limit: limits.ks, counts: true },
      value: Math.max(...counted.map(({ value }) => value)),
      noise: ksQuantile(noiseTail / counted.length, reference, current),
      pValue: Math.min(...falseDiscoveryAdjusted(counted.map(({ pValue }) => pValue))),
    },
  ];
}

/** Rows without an embedding lack all of it, so that there is one test; where columns differ, the furthest counts, corrected for their number. */
function missingOf(missing: readonly (readonly [number, number])[], rows: readonly [number, number]): Candidate {
  const different = [...new Map(missing.map((pair) => [pair.join(), pair])).values()];
  const tests = different.map((pair) => missingTest(pair, rows));
  const furthest = tests.reduce((a, b) => (b.value > a.value ? b : a));
  return { ...furthest, pValue: Math.min(1, furthest.pValue * different.length), counts: tests.some(({ counts }) => counts) };
}

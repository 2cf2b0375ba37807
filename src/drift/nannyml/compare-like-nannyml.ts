import type { Column, Table } from "../../data/table.ts";
import type { DriftColumn, DriftResult } from "../../evidence/data-evidence.ts";
import { mean } from "../../statistics/moments.ts";
import { timeWhy } from "../comparable.ts";
import { driftResult, excludedWhy } from "../result.ts";
import { type Chunk, type Chunking, chunksOf, defaultChunking } from "./chunks.ts";
import { type ChunkValue, categoryMethods, numberMethods } from "./methods.ts";

export interface NannymlOptions {
  chunking?: Chunking | undefined;
  numbers?: keyof typeof numberMethods | undefined;
  categories?: keyof typeof categoryMethods | undefined;
  exclude?: ReadonlySet<string> | undefined;
  /** As of the other presets: it decides which drifted columns are named first. */
  weights?: ReadonlyMap<string, number> | undefined;
  /** Columns of times, which are not compared. */
  times?: ReadonlySet<string> | undefined;
}

/** One column's chunks, in the order of rows. */
export interface ChunkedDrift {
  method: string;
  /** Above it a chunk alerts; undefined where p-values decide. */
  threshold: number | undefined;
  chunks: (Chunk & { value: number | undefined; pValue: number | undefined; alert: boolean })[];
}

/** Standard deviations above the mean of the reference's own chunks. */
const deviations = 3;
const level = 0.05;

/**
 * Preset `nannyml-0.13`: the univariate drift of NannyML 0.13. Both tables are cut into chunks in the order of their rows; a column
 * drifted when one of its current chunks alerts: when its value is above the mean of the reference's chunks plus three standard
 * deviations. The test shows the chunk that is furthest out.
 */
export function compareLikeNannyml(reference: Table, current: Table, options: NannymlOptions = {}): DriftResult {
  const { exclude, weights, times } = options;
  const columns = reference.columns.map((column): DriftColumn => {
    const { name } = column;
    const type = column.kind === "number" ? "number" : "category";
    if (exclude?.has(name)) return { name, type, state: "not-compared", why: excludedWhy, tests: [] };
    const now = current.columns.find((other) => other.name === name);
    if (now === undefined) return { name, type, state: "removed", tests: [] };
    if (times?.has(name)) return { name, type: "time", state: "not-compared", why: timeWhy, tests: [] };
    if (now.kind !== column.kind)
      return { name, type, state: "retyped", why: `it held ${type === "number" ? "numbers" : "categories"}`, tests: [] };
    const drift = chunkedDrift(column, now, options);
    if (typeof drift === "string") return { name, type, state: "not-compared", why: drift, tests: [] };
    const test = testOf(drift);
    return { name, type, state: test.drifted ? "drifted" : "stable", tests: [test] };
  });
  const known = new Set(reference.columns.map(({ name }) => name));
  return driftResult({
    ...{ preset: "nannyml-0.13", rows: { reference: reference.rows, current: current.rows }, columns, weights },
    added: current.columns.map(({ name }) => name).filter((name) => !known.has(name) && !exclude?.has(name)),
  });
}

/** @returns why it cannot be compared, where it cannot */
export function chunkedDrift(
  reference: Column,
  current: Column,
  { chunking = defaultChunking, numbers = "jensen_shannon", categories = "jensen_shannon" }: NannymlOptions,
): ChunkedDrift | string {
  if (reference.kind === "number" && current.kind === "number") {
    const present = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));
    if (!present(reference.values).every(Number.isFinite)) return "NannyML does not compare infinite values";
    return measured(numbers, reference.values, current.values, chunking, present, numberMethods[numbers]);
  }
  if (reference.kind === "number" || current.kind === "number") return "one side holds numbers and the other does not";
  const present = (values: readonly (string | null)[]) => values.filter((value) => value !== null);
  return measured(categories, reference.values, current.values, chunking, present, categoryMethods[categories]);
}

interface Sliceable<T> {
  readonly length: number;
  slice(from: number, to: number): T;
}

function measured<Values extends Sliceable<Values>, Present extends { readonly length: number }>(
  name: string,
  reference: Values,
  current: Values,
  chunking: Chunking,
  present: (values: Values) => Present,
  method: (reference: Present) => (chunk: Present) => ChunkValue,
): ChunkedDrift | string {
  const all = present(reference);
  const [referenceChunks, currentChunks] =
    "reference" in chunking
      ? [chunking.reference, chunking.current]
      : [chunksOf(reference.length, chunking), chunksOf(current.length, chunking)];
  if (all.length === 0) return "the reference has no values";
  if (referenceChunks.length === 0 || currentChunks.length === 0) return "there are fewer rows than chunks";
  // Its distance from itself is 0 but for rounding, and so would be the threshold.
  if (referenceChunks.length === 1) return "the reference is a single chunk, which has no spread";
  const measure = method(all);
  const measureChunk = (values: Values, { from, to }: Chunk): ChunkValue => {
    const chunk = present(values.slice(from, to));
    return chunk.length === 0 ? { value: Number.NaN } : measure(chunk);
  };
  const found = currentChunks.map((chunk) => ({ chunk, ...measureChunk(current, chunk) }));
  const byPValue = found.some(({ pValue }) => pValue !== undefined);
  const threshold = byPValue
    ? undefined
    : thresholdOf(
        name,
        referenceChunks.map((chunk) => measureChunk(reference, chunk).value),
      );
  return {
    method: name,
    threshold,
    chunks: found.map(({ chunk, value, pValue }) => ({
      ...chunk,
      value: Number.isNaN(value) ? undefined : value,
      pValue,
      alert: threshold === undefined ? pValue !== undefined && pValue < level : value > threshold,
    })),
  };
}

function thresholdOf(method: string, values: readonly number[]): number {
  const known = Float64Array.from(values.filter((value) => !Number.isNaN(value)));
  const centre = mean(known);
  const deviation = Math.sqrt(mean(known.map((value) => (value - centre) ** 2)));
  const threshold = centre + deviations * deviation;
  return method === "kolmogorov_smirnov" ? Math.min(1, threshold) : threshold;
}

const measureNames: Readonly<Record<string, string>> = {
  jensen_shannon: "js",
  kolmogorov_smirnov: "ks",
  chi2: "chi-square",
};

function testOf({ method, threshold, chunks }: ChunkedDrift): DriftColumn["tests"][number] {
  const furthest = Math.max(0, ...chunks.map(({ value }) => value ?? 0));
  const least = threshold === undefined ? { pValue: Math.min(1, ...chunks.map(({ pValue }) => pValue ?? 1)) } : {};
  return {
    ...{ of: "values", measure: measureNames[method] ?? method, value: furthest, limit: threshold ?? 0, ...least },
    drifted: chunks.some(({ alert }) => alert),
  };
}

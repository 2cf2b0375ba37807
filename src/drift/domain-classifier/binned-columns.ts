import type { Column } from "../../data/table.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";

/** A column as trees read it: of each row a bin, 0 where it has no value. */
export interface BinnedColumn {
  name: string;
  bins: Uint8Array;
  /** Fewer than 32. */
  count: number;
  /** Numbers, whose bins are in order. */
  ordered: boolean;
}

const mostBins = 20;

/** Both tables' rows of one column, the reference's first; undefined where all rows are alike. */
export function binColumn(reference: Column, current: Column): BinnedColumn | undefined {
  const binned =
    reference.kind === "number" && current.kind === "number"
      ? binNumbers(reference.values, current.values)
      : reference.kind === "text" && current.kind === "text"
        ? binTexts([...reference.values, ...current.values])
        : undefined;
  if (binned === undefined || binned.bins.every((bin) => bin === binned.bins[0])) return undefined;
  return { name: reference.name, ordered: reference.kind === "number", ...binned };
}

/** Bins of about as many rows each; equal values share one. */
function binNumbers(reference: Float64Array, current: Float64Array): Pick<BinnedColumn, "bins" | "count"> {
  const all = new Float64Array(reference.length + current.length);
  all.set(reference);
  all.set(current, reference.length);
  const bins = new Uint8Array(all.length);
  const places = Uint32Array.from(all.keys()).filter((row) => !Number.isNaN(all[row]));
  const values = Float64Array.from(places, (row) => all[row] ?? 0);
  const size = values.length / mostBins;
  let [bin, upTo, last] = [0, 0, Number.NaN];
  for (const [rank, at] of sortedOrder(values).entries()) {
    const value = values[at] ?? 0;
    if (value !== last && rank >= upTo && bin < mostBins) {
      bin++;
      upTo = Math.max(rank + 1, bin * size);
    }
    bins[places[at] ?? 0] = bin;
    last = value;
  }
  return { bins, count: bin + 1 };
}

/** The most frequent values have a bin each, the others one together. */
function binTexts(values: readonly (string | null)[]): Pick<BinnedColumn, "bins" | "count"> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const frequent = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, mostBins);
  const binOf = new Map(frequent.map(([value], i) => [value, i + 1]));
  return {
    bins: Uint8Array.from(values, (value) => (value === null ? 0 : (binOf.get(value) ?? mostBins + 1))),
    count: mostBins + 2,
  };
}

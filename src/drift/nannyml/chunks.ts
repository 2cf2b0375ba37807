import { type Period, startOfPeriod } from "../../data/periods.ts";

/** Rows `from` up to, but not including, `to`. */
export interface Chunk {
  from: number;
  to: number;
}

/** How rows are cut, in their order: chunks of so many rows, so many chunks, or as each side says itself. */
export type Chunking = { size: number } | { number: number } | { reference: readonly Chunk[]; current: readonly Chunk[] };

/** NannyML's default. */
export const defaultChunking: Chunking = { number: 10 };

/** Chunks of equal size; what is left over is one more. None where there are fewer rows than chunks. */
export function chunksOf(rows: number, chunking: { size: number } | { number: number }): Chunk[] {
  const size = "size" in chunking ? chunking.size : Math.floor(rows / chunking.number);
  if (size < 1) return [];
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({ from: i * size, to: Math.min(rows, (i + 1) * size) }));
}

/**
 * One chunk for each day, week, month or year in which there are rows, the earliest first.
 * @param times of each row in milliseconds, NaN where there is none: such rows are in no chunk
 * @returns positions of the rows as the chunks have them
 */
export function chunksByPeriod(times: Float64Array, period: Period): { order: Uint32Array; chunks: Chunk[] } {
  const starts = times.map((time) => (Number.isNaN(time) ? time : startOfPeriod(time, period)));
  const order = Uint32Array.from(times.keys())
    .filter((row) => !Number.isNaN(starts[row]))
    .sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  const chunks: Chunk[] = [];
  for (let at = 0; at < order.length; at++) {
    const isNext = at === 0 || starts[order[at] ?? 0] !== starts[order[at - 1] ?? 0];
    if (isNext) chunks.push({ from: at, to: at + 1 });
    else (chunks.at(-1) as Chunk).to = at + 1;
  }
  return { order, chunks };
}

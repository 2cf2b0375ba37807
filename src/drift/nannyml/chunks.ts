/** Rows `from` up to, but not including, `to`. */
export interface Chunk {
  from: number;
  to: number;
}

/** How rows are cut, in their order: chunks of so many rows, or so many chunks. */
export type Chunking = { size: number } | { number: number };

/** NannyML's default. */
export const defaultChunking: Chunking = { number: 10 };

/** Chunks of equal size; what is left over is one more. None where there are fewer rows than chunks. */
export function chunksOf(rows: number, chunking: Chunking): Chunk[] {
  const size = "size" in chunking ? chunking.size : Math.floor(rows / chunking.number);
  if (size < 1) return [];
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({ from: i * size, to: Math.min(rows, (i + 1) * size) }));
}

import { type DriftColumn, type DriftResult, hasDrifted } from "../evidence/data-evidence.ts";

/** What evidence has room for, of all tables together and of a table; the rest of it takes no more than that again. */
const bounds = { bytes: 10 * 1024 * 1024, columns: 10_000 };

/** Of those that drifted. */
const alwaysPictured = 100;

/**
 * Results as evidence has room for: of very many columns the last ones, which drifted least, lose their pictures, then their
 * place. How many is said, and the number of drifted ones stays.
 */
export function boundDrift<Result extends DriftResult>(results: readonly Result[]): Result[] {
  const all = results.reduce((sum, result) => sum + bytesOf(result.columns), 0);
  return results.map((result) =>
    all <= bounds.bytes && result.columns.length <= bounds.columns
      ? result
      : bounded(result, all <= bounds.bytes ? bounds.bytes : (bounds.bytes * bytesOf(result.columns)) / all),
  );
}

function bounded<Result extends DriftResult>(result: Result, bytes: number): Result {
  let left = bytes;
  const kept: { column: DriftColumn; listed: DriftColumn }[] = [];
  for (const column of result.columns) {
    const { histogram: _, ...unpictured } = column;
    const listed = kept.length < alwaysPictured && hasDrifted(column) ? column : unpictured;
    left -= bytesOf(listed);
    if (left < 0 || kept.length === bounds.columns) break;
    kept.push({ column, listed });
  }
  let pictures = 0;
  const columns = kept.map(({ column, listed }) => {
    if (column === listed || column.histogram === undefined) return column;
    left -= bytesOf(column.histogram);
    if (left >= 0) return column;
    pictures++;
    return listed;
  });
  return { ...result, columns, leftOut: { columns: result.columns.length - columns.length, pictures } };
}

function bytesOf(value: unknown): number {
  // With the name or comma that it stands behind.
  return Buffer.byteLength(JSON.stringify(value)) + 20;
}

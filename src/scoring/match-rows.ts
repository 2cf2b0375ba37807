import { parseNumber } from "../data/number-text.ts";
import { quoted } from "../data/table-request.ts";
import { UserCommandError } from "../errors/errors.ts";
import { countRows, type RawPredictions } from "./raw-predictions.ts";

/** The predictions are for other rows than those of the test set. */
export class RowsError extends UserCommandError {}

/**
 * The row of the predictions for each row of the test set.
 * @throws RowsError when the predictions are for other rows
 */
export function matchRows(raw: RawPredictions, expected: readonly string[]): Int32Array {
  const { ids } = raw;
  if (ids === undefined) return inOrder(raw, expected);
  // The usual case, and by far the fastest; the test set's ids are unique.
  if (ids.length === expected.length && ids.every((id, row) => id === expected[row]))
    return Int32Array.from(expected, (_, row) => row);
  const rowOf = new Map<string, number>();
  const duplicates = new Set<string>();
  for (const [row, id] of ids.entries()) {
    if (rowOf.has(id)) duplicates.add(id);
    else rowOf.set(id, row);
  }
  refuseOtherRows(raw, rowOf, expected, duplicates);
  return Int32Array.from(expected, (id) => rowOf.get(id) ?? -1);
}

/**
 * The row of the test set for each row of the predictions, which may be for one row several times.
 * @throws RowsError when the predictions are for other rows
 */
export function matchRepeats(raw: RawPredictions, expected: readonly string[]): Int32Array {
  const { ids } = raw;
  if (ids === undefined) return inOrder(raw, expected);
  const rowOf = new Map(expected.map((id, row) => [id, row]));
  refuseOtherRows(raw, new Map(ids.map((id, row) => [id, row])), expected, new Set());
  return Int32Array.from(ids, (id) => rowOf.get(id) ?? -1);
}

function inOrder(raw: RawPredictions, expected: readonly string[]): Int32Array {
  const rows = countRows(raw);
  if (rows !== expected.length)
    throw new RowsError(
      `There are ${rows} predictions for ${expected.length} test rows. Write one prediction a row, in the test set's order, or an id column.`,
    );
  return Int32Array.from(expected, (_, row) => row);
}

function refuseOtherRows(
  { source }: RawPredictions,
  rowOf: ReadonlyMap<string, number>,
  expected: readonly string[],
  duplicates: ReadonlySet<string>,
): void {
  const missing = expected.filter((id) => !rowOf.has(id));
  const known = new Set(expected);
  const unexpected = [...rowOf.keys()].filter((id) => !known.has(id));
  const problems = [
    problem(missing.length, "has no prediction", "have no prediction", missing),
    problem(unexpected.length, "is not in the test set", "are not in the test set", unexpected),
    problem(duplicates.size, "is predicted more than once", "are predicted more than once", [...duplicates]),
  ].filter((text) => text !== undefined);
  if (problems.length === 0) return;
  throw new RowsError(
    `${source === undefined ? "The" : `${source}: the`} predictions are not for the ${expected.length} rows of the test set: ${problems.join("; ")}. ` +
      `Write each test row's id once${missing[0]?.includes("@") ? ", or leave the id column out and keep the test set's order" : ""}.${asWritten(missing, unexpected)}`,
  );
}

/** Spreadsheets and data frames write ids anew: `007` becomes `7`, and `7` with a missing one beside it `7.0`. */
function asWritten(missing: readonly string[], unexpected: readonly string[]): string {
  const values = new Map(missing.flatMap((id) => [[loose(id), id]]));
  const like = unexpected.find((id) => values.has(loose(id)));
  if (like === undefined) return "";
  return ` Ids are compared as they are written: ${JSON.stringify(like)} is not ${JSON.stringify(values.get(loose(like)))}.`;
}

function loose(id: string): string {
  const text = id.trim().toLowerCase();
  const number = parseNumber(text);
  return number === undefined ? text : String(number);
}

function problem(count: number, one: string, many: string, ids: readonly string[]): string | undefined {
  return count === 0 ? undefined : `${count} id${count === 1 ? ` ${one}` : `s ${many}`} (${quoted(ids)})`;
}

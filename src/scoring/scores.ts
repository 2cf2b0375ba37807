import type { Column } from "../data/table.ts";
import { quoted } from "../data/table-request.ts";
import { UserCommandError } from "../errors/errors.ts";
import { matchRepeats } from "./match-rows.ts";
import type { PredictionRows } from "./predictions.ts";
import type { RawPredictions } from "./raw-predictions.ts";

/** Says how many scorings the numbers of a line are the mean of; written where a row was scored several times. */
const repeatsColumn = "repeats";

/**
 * The scores of each test row: columns of numbers or of true and false, which count 1 and 0. A row that is there several times
 * is their mean.
 * @param wanted scores that must be there in every row; others are then kept where they are. Undefined: every column of numbers
 * @throws UserCommandError when there is no score, or one is missing or no finite number
 */
export function joinScores(raw: RawPredictions, ids: readonly string[], wanted: readonly string[] | undefined): PredictionRows {
  const columns = (raw.columns ?? []).filter(({ name }) => name !== repeatsColumn);
  const numeric = new Map(columns.map((column) => [column.name, numbersOf(column)]));
  for (const name of wanted ?? []) if (!numeric.get(name)) throw noNumbers(raw, name);
  const chosen = [...numeric].filter((entry): entry is [string, Float64Array] => entry[1] !== undefined);
  for (const [name] of chosen) refuseName(raw, name);
  if (chosen.length === 0)
    throw new UserCommandError(
      `${nameOf(raw)}: there is no column of scores: ${quoted(columns.map(({ name }) => name))} are no numbers. ` +
        "A scored task needs id and at least one column of numbers or of true and false.",
    );
  const rowOf = matchRepeats(raw, ids);
  const times = timesOf(raw, rowOf.length);
  const counts = new Int32Array(ids.length);
  rowOf.forEach((row, line) => {
    counts[row] = (counts[row] ?? 0) + (times[line] ?? 1);
  });
  const scores = new Map<string, Float64Array>();
  for (const [name, values] of chosen) {
    const bad = rowOf.filter((_, line) => !Number.isFinite(values[line]));
    if (bad.length > 0 && (wanted?.includes(name) ?? true)) throw notFinite(raw, name, values, rowOf, ids);
    if (bad.length === 0) scores.set(name, meansOf(values, rowOf, times, counts));
  }
  return { ids, kind: "scored", scores, repeats: counts.some((count) => count > 1) ? counts : undefined };
}

/** A score's name becomes the name of a metric, which stands in one line of tables and logs. */
function refuseName(raw: RawPredictions, name: string): void {
  if (name.trim() !== "" && name.length <= 100 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return;
  throw new UserCommandError(
    `${nameOf(raw)}: ${JSON.stringify(name.slice(0, 100))} is no name of a score: it needs 1 to 100 characters in one line. Call the column something else.`,
  );
}

/** The columns that are scores: numbers, or true and false. */
export function scoreNames({ columns = [] }: RawPredictions): string[] {
  return columns.filter((column) => column.name !== repeatsColumn && numbersOf(column)).map(({ name }) => name);
}

/** The column's numbers, NaN where they are missing; undefined when it is text. */
function numbersOf(column: Column): Float64Array | undefined {
  if (column.kind === "number") return column.values;
  const isBoolean = column.values.every((value) => value === null || /^(true|false)$/i.test(value));
  if (!isBoolean || column.values.every((value) => value === null)) return undefined;
  return Float64Array.from(column.values, (value) => (value === null ? Number.NaN : Number(value.toLowerCase() === "true")));
}

function timesOf(raw: RawPredictions, lines: number): Float64Array {
  const column = raw.columns?.find(({ name }) => name === repeatsColumn);
  if (column === undefined) return new Float64Array(lines).fill(1);
  const bad =
    column.kind === "text" ? 0 : column.values.findIndex((value) => !(Number.isInteger(value) && value >= 1 && value <= 1e6));
  if (bad !== -1 || column.kind === "text")
    throw new UserCommandError(
      `${nameOf(raw)}: "${repeatsColumn}" is ${JSON.stringify(column.values[bad] ?? null)} in row ${bad + 1}. It says how many scorings the row is the mean of: ` +
        "write a whole number of 1 or more, or call the column something else.",
    );
  return column.values;
}

function meansOf(values: Float64Array, rowOf: Int32Array, times: Float64Array, counts: Int32Array): Float64Array {
  const means = new Float64Array(counts.length);
  rowOf.forEach((row, line) => {
    const count = counts[row] ?? 1;
    const time = times[line] ?? 1;
    const value = values[line] ?? Number.NaN;
    // A row of one line is kept to the last bit.
    means[row] = count === time ? value : (means[row] ?? 0) + (value * time) / count;
  });
  return means;
}

function nameOf({ source }: RawPredictions): string {
  return source ?? "Predictions";
}

function noNumbers(raw: RawPredictions, name: string): UserCommandError {
  const column = raw.columns?.find((one) => one.name === name);
  if (column === undefined)
    return new UserCommandError(
      `${nameOf(raw)} has no column ${JSON.stringify(name)}; it has ${quoted((raw.columns ?? []).map((one) => one.name))}. Write it, or name another score.`,
    );
  const row = column.kind === "text" ? column.values.findIndex((value) => value !== null && Number.isNaN(Number(value))) : -1;
  const shown = row === -1 ? "only empty values" : `${quoted([String(column.values[row])])} in row ${row + 1}`;
  return new UserCommandError(
    `${nameOf(raw)}: the score ${JSON.stringify(name)} must be numbers, or true and false, but it has ${shown}. Write a number for every row.`,
  );
}

function notFinite(
  raw: RawPredictions,
  name: string,
  values: Float64Array,
  rowOf: Int32Array,
  ids: readonly string[],
): UserCommandError {
  const bad = [...rowOf.keys()].filter((line) => !Number.isFinite(values[line]));
  const first = values[bad[0] ?? 0];
  return new UserCommandError(
    `${nameOf(raw)}: the score ${JSON.stringify(name)} is missing or no finite number in ${bad.length} of ${rowOf.length} rows, ` +
      `with id ${quoted(bad.map((line) => ids[rowOf[line] ?? -1] ?? ""))}${first === undefined || Number.isNaN(first) ? "" : ` (${first})`}. ` +
      "Write a finite number for every row, 0 where the answer counts as wrong.",
  );
}

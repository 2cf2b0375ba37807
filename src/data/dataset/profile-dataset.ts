import { UsageError } from "../../errors/errors.ts";
import { typeOfStrings } from "../column-type.ts";
import { createDistributionBuilder, distributionOfSorted } from "../distribution.ts";
import type { ColumnProfile, Distribution, Profile } from "../profile.ts";
import { quoted } from "../table-request.ts";
import { valueStates } from "./column-reading.ts";
import { profileValues } from "./count-values.ts";
import type { ProfileOptions } from "./dataset.ts";
import type { DuckDbSession } from "./duckdb-session.ts";
import {
  columnsOfQuery,
  countMistyped,
  groupsOf,
  numbersQuery,
  type OpenTable,
  type PlacedColumn,
  readingOf,
} from "./open-table.ts";
import { rowColumn } from "./stored-columns.ts";

/** Tables up to so many rows are sorted in memory, so many cells at once; larger ones by DuckDB, on disk if need be. */
const sortedHere = { rows: 100_000, cells: 4_000_000 };

/** Column by column, so that what is held does not grow with the table. */
export async function profileDataset(table: OpenTable, options: ProfileOptions = {}): Promise<Profile> {
  const { stored, kinds, declared, session } = table;
  const { rows } = stored;
  const columns = stored.columns.flatMap(({ name }, place) => ((options.columns?.has(name) ?? true) ? [{ name, place }] : []));
  const profiles = new Map<number, ColumnProfile>();
  const report = () => options.onProgress?.({ what: `Profiling ${table.name}`, done: profiles.size, of: columns.length });
  report();
  await refuseMistyped(table, columns);

  const numeric: NumericColumn[] = [];
  for (const { name, place } of columns) {
    const type = declared.get(name) ?? kinds[place] ?? "string";
    if (type === "number" || type === "time") numeric.push({ name, place, type });
    else {
      const { value } = readingOf(table, place, type === "boolean" ? "boolean" : "category");
      const found = await profileValues({ value, from: stored.from([place]) }, type === "string", session);
      const decided = type === "string" ? typeOfStrings(found.distinct, found.count) : type;
      if (decided === "text") numeric.push({ name, place, type: "text", distinct: found.distinct });
      else {
        profiles.set(place, { name, type: decided, missing: rows - found.count, counts: found.counts });
        report();
      }
    }
  }
  const profile = (column: NumericColumn, { distribution, infinite }: Sorted) => {
    profiles.set(column.place, profileOf(column, rows, distribution, infinite));
    report();
  };
  if (rows <= sortedHere.rows) await sortHere(table, numeric, profile);
  else await sortByDuckDb(table, numeric, profile);
  return { schema: "assay.profile/v1", rows, columns: columns.flatMap(({ place }) => profiles.get(place) ?? []) };
}

type NumericColumn = PlacedColumn & ({ type: "number" | "time" } | { type: "text"; distinct: number });

interface Sorted {
  distribution: Distribution;
  infinite: number;
}

function profileOf(column: NumericColumn, rows: number, distribution: Distribution, infinite: number): ColumnProfile {
  const { name } = column;
  const missing = rows - distribution.count - infinite;
  if (column.type === "number") return { name, type: column.type, missing, infinite, distribution };
  return column.type === "text"
    ? { name, type: column.type, missing, distinct: column.distinct, distribution }
    : { name, type: column.type, missing, distribution };
}

async function refuseMistyped(table: OpenTable, columns: readonly PlacedColumn[]): Promise<void> {
  const typed = columns.flatMap((column) => {
    const type = table.declared.get(column.name);
    return type ? [{ ...column, type }] : [];
  });
  const counts = await countMistyped(table, typed);
  const bad = typed.find(({ place }) => (counts.get(place) ?? 0) > 0);
  if (!bad) return;
  const { state } = readingOf(table, bad.place, bad.type);
  const [[row] = []] = await table.session.rows(
    `SELECT min(${rowColumn}) FROM ${table.stored.from([bad.place])} WHERE ${state} = ${valueStates.mistyped}`,
  );
  throw new UsageError(
    `${await table.stored.place(Number(row))}: column ${quoted([bad.name])} is declared as ${bad.type}, but this value and ` +
      `${(counts.get(bad.place) ?? 1) - 1} more are not. Mend them, or declare another type.`,
  );
}

type Profiled = (column: NumericColumn, sorted: Sorted) => void;

async function sortHere(table: OpenTable, columns: readonly NumericColumn[], profiled: Profiled): Promise<void> {
  const { rows } = table.stored;
  for (const part of groupsOf(columns, Math.min(columnsOfQuery, Math.ceil(sortedHere.cells / Math.max(1, rows))))) {
    const values = part.map(() => new Float64Array(rows));
    let at = 0;
    await table.session.stream(numbersQuery(table, part), part.length, (chunks, count) => {
      for (const [index, chunk] of chunks.entries()) values[index]?.set(chunk, at);
      at += count;
    });
    for (const [index, column] of part.entries()) {
      const all = values[index] ?? new Float64Array();
      const infinite = all.reduce((count, value) => count + (Math.abs(value) === Number.POSITIVE_INFINITY ? 1 : 0), 0);
      profiled(column, { distribution: distributionOfSorted(all.filter(Number.isFinite).sort()), infinite });
    }
  }
}

async function sortByDuckDb(table: OpenTable, columns: readonly NumericColumn[], profiled: Profiled): Promise<void> {
  const { session, stored } = table;
  const [written, native] = [true, false].map((wanted) => columns.filter((column) => isWritten(table, column) === wanted));
  const size = Math.max(1, Math.min(columnsOfQuery, Math.floor(writtenNumbers / stored.rows)));
  for (const part of groupsOf(written ?? [], size)) await sortPart(part, "TABLE");
  for (const part of groupsOf(native ?? [], columnsOfQuery)) await sortPart(part, "VIEW");

  async function sortPart(part: readonly NumericColumn[], kind: "TABLE" | "VIEW") {
    const numbers = session.newName();
    const values = part.map((column) => `${readingOf(table, column.place, column.type).value} AS v${column.place}`);
    await session.run(
      `CREATE ${kind} ${numbers} AS SELECT ${values.join(", ")} FROM ${stored.from(part.map(({ place }) => place))}`,
    );
    const finite = await countFinite(session, numbers, part);
    for (const [index, column] of part.entries()) {
      const { count, greatest, infinite } = finite[index] ?? nothing;
      const builder = createDistributionBuilder(count, greatest);
      await session.stream(
        `SELECT v${column.place} FROM ${numbers} WHERE isfinite(v${column.place}) ORDER BY 1`,
        1,
        ([chunk]) => {
          if (chunk) builder.addAll(chunk);
        },
      );
      profiled(column, { distribution: builder.finish(), infinite });
    }
    await session.run(`DROP ${kind} ${numbers}`);
  }
}

interface Finite {
  count: number;
  /** By magnitude. */
  greatest: number;
  /** How many are not finite, beside those that are no number. */
  infinite: number;
}

const nothing: Finite = { count: 0, greatest: 0, infinite: 0 };

/** Of each column `v<place>`. Asking for the ends is ten times faster than asking of each value whether it is finite. */
async function countFinite(session: DuckDbSession, from: string, columns: readonly PlacedColumn[]): Promise<readonly Finite[]> {
  const ends = columns.flatMap(({ place }) => [`count(v${place})`, `min(v${place})`, `max(v${place})`]);
  const [answers = []] = await session.rows(`SELECT ${ends.join(", ")} FROM ${from}`);
  const found: Finite[] = [];
  for (const [index, { place }] of columns.entries()) {
    const [count = 0, least = 0, most = 0] = answers.slice(3 * index, 3 * index + 3).map(Number);
    const greatest = Math.max(Math.abs(least), Math.abs(most));
    // To DuckDB NaN is the greatest of all: between finite ends all are finite.
    found.push(Number.isFinite(greatest) ? { count, greatest, infinite: 0 } : await askEach(place));
  }
  return found;

  async function askEach(place: number): Promise<Finite> {
    const [value, finite] = [`v${place}`, `FILTER (isfinite(v${place}))`];
    const questions = [`count(*) ${finite}`, `max(abs(${value})) ${finite}`, `count(*) FILTER (isinf(${value}))`];
    const [answer = []] = await session.rows(`SELECT ${questions.join(", ")} FROM ${from}`);
    const [count = 0, greatest = 0, infinite = 0] = answer.map(Number);
    return { count, greatest, infinite };
  }
}

/** Texts take longer to read than numbers to write: what is made of them is kept while it is sorted, of so many at once. */
const writtenNumbers = 50_000_000;

function isWritten({ stored }: OpenTable, { place, type }: NumericColumn): boolean {
  return type === "text" || stored.columns[place]?.storage === "text";
}

import { UsageError } from "../../errors/errors.ts";
import type { ColumnType } from "../profile.ts";
import { quoted } from "../table-request.ts";
import { type ColumnReading, readCertain, readColumnAs, valueStates } from "./column-reading.ts";
import type { ColumnKind } from "./dataset.ts";
import type { DuckDbSession } from "./duckdb-session.ts";
import type { StoredTable } from "./stored-columns.ts";

/** A table whose columns' kinds are known. */
export interface OpenTable {
  name: string;
  session: DuckDbSession;
  stored: StoredTable;
  /** Of the columns, by their places. */
  kinds: readonly ColumnKind[];
  declared: ReadonlyMap<string, ColumnType>;
  /** Columns that queries can see as they stand in the file too. */
  written: ReadonlySet<string>;
}

export interface PlacedColumn {
  place: number;
  name: string;
}

export function placeOf({ stored, name }: OpenTable, column: string): number {
  const place = stored.columns.findIndex((one) => one.name === column);
  if (place === -1)
    throw new UsageError(
      `${name} has no column ${quoted([column])}; it has ${quoted(
        stored.columns.map((one) => one.name),
        20,
      )}. Mind upper and lower case.`,
    );
  return place;
}

export function readingOf({ stored, kinds, declared }: OpenTable, place: number, type: ColumnType): ColumnReading {
  const column = stored.columns[place];
  if (!column) throw new RangeError(`no column ${place}`);
  // The values themselves decided.
  const isCertain = kinds[place] === type && !declared.has(column.name);
  return (isCertain ? readCertain : readColumnAs)(type, column.storage, `c${place}`);
}

/** How many values of each column are not of its type; none are where the values themselves decided on the type. */
export async function countMistyped(
  table: OpenTable,
  columns: readonly (PlacedColumn & { type: ColumnType })[],
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const open = columns.flatMap(({ place, type }) => {
    const { state } = readingOf(table, place, type);
    return state === undefined ? [] : [{ place, state }];
  });
  for (const part of groupsOf(open, columnsOfQuery)) {
    const questions = part.map(({ state }) => `count(*) FILTER (${state} = ${valueStates.mistyped})`);
    const [answers = []] = await table.session.rows(
      `SELECT ${questions.join(", ")} FROM ${table.stored.from(part.map(({ place }) => place))}`,
    );
    for (const [index, { place }] of part.entries()) counts.set(place, Number(answers[index]));
  }
  return counts;
}

/** NaN where there is no value. */
export function numbersQuery(table: OpenTable, columns: readonly { place: number; type: ColumnType }[]): string {
  const values = columns.map(({ place, type }) => `coalesce(${readingOf(table, place, type).value}, 'NaN'::DOUBLE)`);
  return `SELECT ${values.join(", ")} FROM ${table.stored.from(columns.map(({ place }) => place))}`;
}

/** Columns that one query reads. */
export const columnsOfQuery = 100;

export function groupsOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}

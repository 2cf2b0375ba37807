import { UsageError } from "../../errors/errors.ts";
import { sqlName } from "../duckdb.ts";
import { quoted } from "../table-request.ts";
import { calendarPlaces, rowsDuring } from "./calendar.ts";
import { typedColumn, writtenText } from "./column-reading.ts";
import { countDataset } from "./count-dataset.ts";
import type { ColumnKind, Dataset, DatasetColumn, DatasetLimits } from "./dataset.ts";
import { numbersQuery, type OpenTable, placeOf, readingOf } from "./open-table.ts";
import { profileDataset } from "./profile-dataset.ts";
import { rowColumn } from "./stored-columns.ts";

export function createDataset(table: OpenTable, limits: DatasetLimits): Dataset {
  const { name, session, stored, kinds } = table;
  const columns = namedInSql(
    stored.columns.map(({ name }, place) => ({ name, kind: kinds[place] ?? "string", isWritten: table.written.has(name) })),
  );
  const textOf = (place: number) => readingOf(table, place, kinds[place] === "boolean" ? "boolean" : "category").value;
  const refuseTooManyRows = () => {
    if (stored.rows > limits.heldRows)
      throw new UsageError(
        `${name} has ${stored.rows} rows; at most ${limits.heldRows} are taken into memory. Use a sample of the rows, or a preset that goes by profiles.`,
      );
  };
  return {
    name,
    rows: stored.rows,
    columns,
    profile(options) {
      session.restartClock();
      return profileDataset(table, options);
    },
    count(reference, options) {
      session.restartClock();
      return countDataset(table, reference, options);
    },
    async numbers(column) {
      session.restartClock();
      refuseTooManyRows();
      const place = placeOf(table, column);
      const values = new Float64Array(stored.rows);
      let at = 0;
      await session.stream(numbersQuery(table, [{ place, type: "number" }]), 1, ([chunk], rows) => {
        if (chunk) values.set(chunk, at);
        at += rows;
      });
      return { values, areIntegers: await areIntegers(table, place) };
    },
    async texts(column) {
      session.restartClock();
      refuseTooManyRows();
      const place = placeOf(table, column);
      const rows = await session.rows(`SELECT ${textOf(place)} FROM ${stored.from([place])}`);
      return rows.map(([text = null]) => (text === null ? null : String(text)));
    },
    async valueCounts(column) {
      session.restartClock();
      const place = placeOf(table, column);
      const value = textOf(place);
      const rows = await session.rows(
        `SELECT v, count(*) FROM (SELECT ${value} AS v FROM ${stored.from([place])}) WHERE v IS NOT NULL GROUP BY v LIMIT ${limits.distinct + 1}`,
      );
      if (rows.length > limits.distinct)
        throw new UsageError(
          `Column ${quoted([column])} of ${name} has more than ${limits.distinct} distinct values, the most that are counted.`,
        );
      return new Map(rows.map(([text, count]) => [String(text), Number(count)]));
    },
    calendarPlaces(column, cycle) {
      session.restartClock();
      return calendarPlaces(table, column, cycle);
    },
    async during(places) {
      session.restartClock();
      return createDataset({ ...table, stored: await rowsDuring(table, places) }, limits);
    },
    place: (row) => stored.place(row),
  };
}

/** Makes the dataset known to queries under its name. */
export async function createView({ session, stored, kinds, declared }: OpenTable, { name, columns }: Dataset): Promise<void> {
  const expressions = columns.flatMap(({ name: column, sqlName: alias, writtenName }, place) => {
    const storage = stored.columns[place]?.storage ?? "text";
    const typed = typedColumn(kinds[place] ?? "string", storage, `c${place}`, !declared.has(column));
    const written = writtenName === undefined ? [] : [`${writtenText(storage, `c${place}`)} AS ${sqlName(writtenName)}`];
    return [`${typed} AS ${sqlName(alias)}`, ...written];
  });
  const from = stored.from(columns.map((_, place) => place));
  await session.run(`CREATE VIEW ${sqlName(name)} AS SELECT ${[...expressions, rowColumn].join(", ")} FROM ${from}`);
}

/** Whether the file has all numbers of a column as integers. */
async function areIntegers({ session, stored }: OpenTable, place: number): Promise<boolean> {
  const storage = stored.columns[place]?.storage;
  if (storage !== "text") return storage === "integer";
  const [[odd] = []] = await session.rows(
    `SELECT count(*) FROM ${stored.from([place])} WHERE c${place} <> '' AND NOT regexp_full_match(trim(c${place}), '[+-]?[0-9]+')`,
  );
  return odd === 0;
}

/** DuckDB's names differ in more than case. */
function namedInSql(columns: readonly { name: string; kind: ColumnKind; isWritten: boolean }[]): DatasetColumn[] {
  const taken = new Set([rowColumn]);
  const free = (name: string) => {
    let alias = name;
    for (let next = 2; taken.has(alias.toLowerCase()); next++) alias = `${name}_${next}`;
    taken.add(alias.toLowerCase());
    return alias;
  };
  const named = columns.map(({ name, kind }) => ({ name, kind, sqlName: free(name || "column") }));
  // What nobody calls by its name makes room for what is called so.
  return named.map((column, place) =>
    columns[place]?.isWritten ? { ...column, writtenName: free(`${column.sqlName} as written`) } : column,
  );
}

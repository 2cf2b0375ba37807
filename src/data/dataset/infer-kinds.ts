import { parseBoolean } from "../column-type.ts";
import { isMissingMarker, parseNumber } from "../number-text.ts";
import type { ColumnType } from "../profile.ts";
import { parseTime } from "../time-text.ts";
import { readColumnAs, valueStates } from "./column-reading.ts";
import type { ColumnKind } from "./dataset.ts";
import type { DuckDbSession, Value } from "./duckdb-session.ts";
import { columnsOfQuery, groupsOf } from "./open-table.ts";
import type { StoredColumn, StoredTable } from "./stored-columns.ts";

/** Looked at first, so that few columns are asked of all rows, and for one kind. */
const sample = { rows: 2_000, cells: 500_000 };

/**
 * What the values of each column are. What is written as text is numbers when every value spells one or is a marker of a missing
 * one beside numbers (`number-text.ts`), `boolean` and `time` when every value is (`column-type.ts`).
 */
export async function inferKinds(
  table: StoredTable,
  types: ReadonlyMap<string, ColumnType>,
  session: DuckDbSession,
): Promise<ColumnKind[]> {
  const kinds = table.columns.map((column) => knownKind(column, types.get(column.name)));
  const open = kinds.flatMap((kind, place) => (kind === undefined ? [place] : []));
  const rows = Math.min(sample.rows, Math.ceil(sample.cells / Math.max(1, open.length)));
  for (const places of groupsOf(open, columnsOfQuery)) {
    const columns = places.map((place) => `c${place}`).join(", ");
    const sampled = await session.rows(`SELECT ${columns} FROM ${table.from(places)} LIMIT ${rows}`);
    const asked = places.flatMap((place, index) => {
      const values = sampled.map((row) => row[index] ?? null);
      return candidates.filter((kind) => isPossible(statesOf(kind, values))).map((kind) => ({ place, kind, values }));
    });
    const states = table.rows <= rows ? asked.map(({ kind, values }) => statesOf(kind, values)) : await statesOfAll(asked);
    for (const [index, { place, kind }] of asked.entries()) if (isSettled(kind, states[index] ?? 0)) kinds[place] ??= kind;
  }
  return kinds.map((kind) => kind ?? "string");

  async function statesOfAll(asked: readonly { place: number; kind: Kind }[]): Promise<number[]> {
    if (asked.length === 0) return [];
    const states = asked.map(({ place, kind }) => `bit_or(${readColumnAs(kind, "text", `c${place}`).state})`);
    const [answers = []] = await session.rows(
      `SELECT ${states.join(", ")} FROM ${table.from([...new Set(asked.map(({ place }) => place))])}`,
    );
    return answers.map(Number);
  }
}

const candidates = ["number", "boolean", "time"] as const;
type Kind = (typeof candidates)[number];

const parsers: Readonly<Record<Kind, (text: string) => unknown>> = {
  number: parseNumber,
  boolean: parseBoolean,
  time: parseTime,
};

/** As `readColumnAs` has them. */
function statesOf(kind: Kind, values: readonly Value[]): number {
  return values.reduce<number>((states, value) => {
    if (value === null || value === "") return states | valueStates.missing;
    const text = String(value);
    if (parsers[kind](text) !== undefined) return states | valueStates.value;
    return states | (kind === "number" && isMissingMarker(text) ? valueStates.marker : valueStates.mistyped);
  }, 0);
}

function isPossible(states: number): boolean {
  return (states & valueStates.mistyped) === 0;
}

/** Of nothing but markers nobody knows that they stand for numbers; what is all missing may as well be numbers. */
function isSettled(kind: Kind, states: number): boolean {
  const isEmpty = kind === "number" && (states & valueStates.marker) === 0;
  return isPossible(states) && ((states & valueStates.value) !== 0 || isEmpty);
}

function knownKind({ storage, isWritten }: StoredColumn, declared: ColumnType | undefined): ColumnKind | undefined {
  if (declared) return declared === "category" || declared === "text" ? "string" : declared;
  if (isWritten) return undefined;
  if (storage === "number" || storage === "integer") return "number";
  return storage === "boolean" || storage === "time" ? storage : "string";
}

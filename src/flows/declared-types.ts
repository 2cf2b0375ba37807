import type { ColumnType, Profile } from "../data/profile.ts";
import { quoted } from "../data/table-request.ts";
import { UsageError } from "../errors/errors.ts";

/** A table or a profile. */
export interface WithColumns {
  columns: readonly { name: string }[];
}

/**
 * A column for which a type is declared may be gone or new on one side. One that neither side has is misspelt.
 * @throws UsageError
 */
export function refuseUnknownTypes(types: ReadonlyMap<string, ColumnType>, tables: readonly WithColumns[]): void {
  const why = unknownTypes(types, tables);
  if (why !== undefined) throw new UsageError(why);
}

/**
 * Likewise of columns that are left out, weighed or have a type.
 * @throws UsageError
 */
export function refuseUnknownColumns(
  {
    types,
    exclude,
    weights = {},
  }: {
    types: ReadonlyMap<string, ColumnType>;
    exclude: readonly string[];
    weights?: Readonly<Record<string, number>> | undefined;
  },
  tables: readonly WithColumns[],
): void {
  refuseUnknownTypes(types, tables);
  const names = namesOf(tables);
  for (const [columns, what] of [
    [exclude, "left out"],
    [Object.keys(weights), "given a weight"],
  ] as const) {
    const unknown = columns.filter((column) => !names.has(column));
    if (unknown.length === 0) continue;
    const are = unknown.length === 1 ? "is" : "are";
    throw new UsageError(
      `${quoted(unknown)} ${are} ${what}, but there is no such column; there are ${quoted([...names], 20)}. Mind upper and lower case.`,
    );
  }
}

/** Whether every declared type is that of its column, where a profile may have been made before it was declared. */
export function isAsDeclared({ columns }: Profile, types: ReadonlyMap<string, ColumnType>): boolean {
  return columns.every(({ name, type }) => (types.get(name) ?? type) === type);
}

/** @returns a sentence; undefined where every declared type is of a column */
export function unknownTypes(types: ReadonlyMap<string, ColumnType>, tables: readonly WithColumns[]): string | undefined {
  const names = namesOf(tables);
  const unknown = [...types.keys()].filter((column) => !names.has(column));
  if (unknown.length === 0) return undefined;
  return `A type is declared for ${quoted(unknown)}, but there is no such column; there are ${quoted([...names], 20)}.`;
}

function namesOf(tables: readonly WithColumns[]): ReadonlySet<string> {
  return new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)));
}

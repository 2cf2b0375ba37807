import type { ColumnType } from "../../src/data/profile.ts";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import type { Table } from "../../src/data/table.ts";
import { type AssayOptions, compareWithProfile } from "../../src/drift/compare-with-profile.ts";
import type { DriftColumn, DriftResult, DriftTest } from "../../src/evidence/data-evidence.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createNormal } from "../simulations/random-normal.ts";

export type Values = readonly (number | string | null)[];

export function createTable(columns: Readonly<Record<string, Values>>): Table {
  const [first = []] = Object.values(columns);
  return {
    rows: first.length,
    columns: Object.entries(columns).map(([name, values]) =>
      values.some((value) => typeof value === "string")
        ? { kind: "text", name, values: values.map((value) => value?.toString() ?? null) }
        : { kind: "number", name, values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))) },
    ),
  };
}

interface CompareRequest extends AssayOptions {
  types?: ReadonlyMap<string, ColumnType>;
}

export function compareTables(reference: Table, current: Table, { types, ...options }: CompareRequest = {}): DriftResult {
  const profile = profileTable(reference, types);
  return compareWithProfile(profile, countTable(profile, current), options);
}

export function columnOf({ columns }: DriftResult, name: string): DriftColumn {
  const column = columns.find((other) => other.name === name);
  if (!column) throw new Error(`There is no column ${name}.`);
  return column;
}

export function testOf(result: DriftResult, name: string, of: DriftTest["of"]): DriftTest {
  const test = columnOf(result, name).tests.find((other) => other.of === of);
  if (!test) throw new Error(`Column ${name} has no test of ${of}.`);
  return test;
}

/** Rows of a standard normal column. */
export function normalValues(rows: number, seed: number, shift = 0, scale = 1): number[] {
  const normal = createNormal(createRandom(seed));
  return Array.from({ length: rows }, () => shift + scale * normal());
}

/** Each row one of the categories, by their weights. */
export function categoryValues(rows: number, seed: number, weights: Readonly<Record<string, number>>): string[] {
  const random = createRandom(seed);
  const upTo: number[] = [];
  for (const weight of Object.values(weights)) upTo.push((upTo.at(-1) ?? 0) + weight);
  const names = Object.keys(weights);
  return Array.from({ length: rows }, () => {
    const at = random.uniform() * (upTo.at(-1) ?? 0);
    return names[upTo.findIndex((limit) => at < limit)] ?? "";
  });
}

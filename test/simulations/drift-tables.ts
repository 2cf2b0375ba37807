import type { Column, Table } from "../../src/data/table.ts";
import type { PandasColumn } from "../../src/drift/evidently/columns.ts";
import type { PandasTable } from "../../src/drift/evidently/compare-like-evidently.ts";
import type { Random } from "../../src/statistics/random.ts";
import { createNormal } from "./random-normal.ts";

/** One value of a column; undefined where it is missing. */
export type Draw = (random: Random, normal: () => number) => number | string | undefined;

export interface DrawnColumn {
  name: string;
  dtype: "float" | "int" | "string";
  draw: Draw;
}

export const normalColumn: Draw = (_, normal) => normal();
export const lognormal: Draw = (_, normal) => Math.exp(2 * normal());

export function poisson(mean: number): Draw {
  return ({ uniform }) => {
    let [value, left, probability] = [0, uniform(), Math.exp(-mean)];
    while (left >= probability && value < 100) {
      left -= probability;
      value++;
      probability *= mean / value;
    }
    return value;
  };
}

/** More than half zeros, the rest normal and rounded. */
const heavyTies: Draw = ({ uniform }, normal) => (uniform() < 0.6 ? 0 : Math.round(10 * normal()) / 10);

/** Category `i` of `count` with a weight of 1/(i + 1)^`power`. */
export function categories(count: number, power: number): Draw {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -power);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const upTo = new Float64Array(count);
  let sum = 0;
  for (const [i, weight] of weights.entries()) upTo[i] = sum += weight / all;
  const labels = weights.map((_, i) => `c${i}`);
  return ({ uniform }) => {
    const at = uniform();
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((upTo[middle] ?? 1) <= at) low = middle + 1;
      else high = middle;
    }
    return labels[low];
  };
}

function withMissing(share: number, draw: Draw): Draw {
  return (random, normal) => (random.uniform() < share ? undefined : draw(random, normal));
}

/** Twenty independent columns: continuous with and without far tails, counts, ties, even, uneven and rare categories, some missing. */
export const mixedColumns: readonly DrawnColumn[] = [
  ...named("normal", "float", [normalColumn, normalColumn, normalColumn, withMissing(0.05, normalColumn)]),
  ...named("lognormal", "float", [lognormal, lognormal, withMissing(0.02, lognormal)]),
  ...named("poisson", "int", [poisson(3), poisson(0.5), poisson(30)]),
  ...named("ties", "float", [heavyTies, heavyTies, withMissing(0.3, heavyTies)]),
  ...named("category", "string", [
    categories(50, 0),
    categories(50, 1),
    categories(50, 0.5),
    withMissing(0.05, categories(50, 0)),
  ]),
  ...named("rare", "string", [categories(5, 3), categories(300, 1.5), categories(3, 6)]),
];

function named(name: string, dtype: DrawnColumn["dtype"], draws: readonly Draw[]): DrawnColumn[] {
  return draws.map((draw, i) => ({ name: `${name} ${i + 1}`, dtype, draw }));
}

export function drawTable(columns: readonly DrawnColumn[], rows: number, random: Random): Table {
  const normal = createNormal(random);
  return {
    rows,
    columns: columns.map(({ name, dtype, draw }): Column => {
      if (dtype === "string")
        return { kind: "text", name, values: Array.from({ length: rows }, () => draw(random, normal)?.toString() ?? null) };
      return {
        kind: "number",
        name,
        values: Float64Array.from({ length: rows }, () => Number(draw(random, normal) ?? Number.NaN)),
      };
    }),
  };
}

/** As pandas holds such columns. */
export function pandasTable(columns: readonly DrawnColumn[], { rows, columns: drawn }: Table): PandasTable {
  return {
    rows,
    columns: drawn.map((column, i): PandasColumn => {
      const { name, values } = column;
      const dtype = columns[i]?.dtype;
      if (column.kind === "number") return { name, dtype: dtype === "int" ? "int" : "float", values: column.values };
      const counts = new Map<string, number>();
      for (const value of column.values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
      return { name, dtype: "string", counts, missing: values.length - [...counts.values()].reduce((sum, n) => sum + n, 0) };
    }),
  };
}

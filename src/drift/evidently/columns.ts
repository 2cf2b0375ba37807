/** A column as pandas would hold it when it has read the same data, which is what Evidently's rules go by. */
export type PandasColumn = { name: string } & (
  | {
      /** `int`: whole numbers and none missing; with missing ones pandas makes it a `float`. */
      dtype: "int" | "float";
      /** NaN where missing. */
      values: Float64Array;
    }
  /** How often each value occurs, missing ones apart. A `bool` with missing values is an `object`. */
  | { dtype: "string" | "bool" | "object"; counts: ReadonlyMap<string, number>; missing: number }
  | { dtype: "datetime" }
);

export type EvidentlyType = "numerical" | "categorical" | "text" | "datetime" | "unknown";

const mostIntegerCategories = 10;
const leastTextShare = 0.5;

/** As `infer_column_type` of Evidently 0.7. */
export function inferType(column: PandasColumn): EvidentlyType {
  switch (column.dtype) {
    case "float":
      return "numerical";
    case "int":
      return areFew(column.values) ? "categorical" : "numerical";
    case "string": {
      const rows = [...column.counts.values()].reduce((sum, count) => sum + count, 0);
      if (rows === 0) return "unknown";
      return column.counts.size > rows * leastTextShare ? "text" : "categorical";
    }
    case "bool":
      return "categorical";
    case "datetime":
      return "datetime";
    case "object":
      return "unknown";
  }
}

function areFew(values: Float64Array): boolean {
  const found = new Set<number>();
  for (const value of values) if (found.add(value).size > mostIntegerCategories) return false;
  return true;
}

/** What Evidently compares: without missing and infinite values. */
export function finiteValues({ values }: { values: Float64Array }): Float64Array {
  return values.filter(Number.isFinite);
}

/** How often each value occurs, missing and infinite ones apart. */
export function valueCounts(column: Exclude<PandasColumn, { dtype: "datetime" }>): ReadonlyMap<string | number, number> {
  return "counts" in column ? column.counts : countsOfNumbers(finiteValues(column));
}

export function countsOfNumbers(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

import type { Groups } from "../statistics/groups.ts";
import type { Rows } from "./rows.ts";

/** Some of the rows, in the coding of labels of the whole. */
export function selectRows(rows: Rows, chosen: Int32Array): Rows {
  const { length: count } = chosen;
  const numbers = (values: Float64Array) => pick(values, chosen, new Float64Array(count));
  const flags = (values: Uint8Array) => pick(values, chosen, new Uint8Array(count));
  const labels = (values: Int32Array) => pick(values, chosen, new Int32Array(count));
  const weights = rows.weights && numbers(rows.weights);
  switch (rows.kind) {
    case "classification":
      return {
        ...rows,
        count,
        weights,
        truth: labels(rows.truth),
        predicted: labels(rows.predicted),
        probabilities: rows.probabilities.map(numbers),
      };
    case "regression":
      return { ...rows, count, weights, truth: numbers(rows.truth), predicted: numbers(rows.predicted) };
    case "multilabel":
      return {
        ...rows,
        count,
        weights,
        truth: rows.truth.map(flags),
        predicted: rows.predicted.map(flags),
        probabilities: rows.probabilities.map((column) => column && numbers(column)),
      };
    case "scored":
      return {
        ...rows,
        count,
        weights,
        scores: new Map([...rows.scores].map(([name, values]) => [name, numbers(values)] as const)),
      };
  }
}

/** The groups of some of the rows, numbered anew. */
export function selectGroups({ of }: Groups, chosen: Int32Array): Groups {
  const numbers = new Map<number, number>();
  const renumbered = chosen.map((row) => {
    const group = of[row] ?? 0;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
  return { of: renumbered, count: numbers.size };
}

function pick<T extends Float64Array | Uint8Array | Int32Array>(values: T, chosen: Int32Array, into: T): T {
  for (let i = 0; i < chosen.length; i++) into[i] = values[chosen[i] ?? 0] ?? 0;
  return into;
}

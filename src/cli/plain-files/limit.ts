import { UsageError } from "../../errors/errors.ts";
import type { Gate } from "../../spec/spec.ts";

/** How much worse is still accepted: in the metric's own units, or as a share of the baseline's value. */
export interface Limit {
  margin: number;
  relative: boolean;
}

/** `0.01`, or `2%` of the baseline's value. */
export function parseLimit(text: string): Limit {
  const [, number = "", percent] = /^\s*([^%]*?)\s*(%)?\s*$/.exec(text) ?? [];
  const value = number === "" ? Number.NaN : Number(number);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new UsageError(
      `--no-worse-than: ${JSON.stringify(text)} is no limit. Write a number of 0 or more in the metric's units, such as 0.01, or a share of the baseline's value, such as 2%.`,
    );
  return { margin: percent ? Number((value / 100).toPrecision(15)) : value, relative: percent !== undefined };
}

/** The limit for each metric, on all rows and on each slice. */
export function gatesOf({ margin, relative }: Limit, metrics: readonly string[], slices: readonly string[]): Gate[] {
  const position = { file: "--no-worse-than", line: 1, column: 1 };
  return metrics.flatMap((metric): Gate[] => {
    const gate = { position, metric, kind: "no-worse-than", margin, relative } as const;
    return [gate, ...slices.map((column): Gate => ({ ...gate, slice: { column, value: undefined, worst: true } }))];
  });
}

import { UsageError } from "../../errors/errors.ts";
import type { Limit } from "../../flows/plain-files/judge-plain.ts";

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

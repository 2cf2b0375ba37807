import type { Interval } from "../evidence/evidence.ts";
import { smallestDetectableChange } from "../statistics/significance.ts";
import { formatFixed } from "./format.ts";

/** The smallest true change that nine of ten such comparisons would have shown: `±0.056`, `±4.1%`; two significant digits, rounded up. */
export function couldShow(
  interval: Interval | undefined,
  degreesOfFreedom: number | undefined,
  unit: "" | "%" = "",
): string | undefined {
  const size = interval && smallestDetectableChange({ interval, degreesOfFreedom });
  if (size === undefined || !(size > 0) || !Number.isFinite(size)) return undefined;
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(size))));
  const step = 10 ** -decimals;
  return `±${formatFixed(Math.ceil(size / step - 1e-9) * step, decimals)}${unit}`;
}

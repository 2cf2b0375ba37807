import type { Interval } from "../evidence/evidence.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { studentTQuantile } from "../statistics/student-t.ts";
import { formatFixed } from "./format.ts";

/** Share of comparisons in which a true change of that size is found. */
const power = 0.8;

/** The smallest true change that four of five such comparisons would have shown; undefined where nothing varied. */
export function smallestChange({ low, high }: Interval, degreesOfFreedom: number | undefined): number | undefined {
  const quantile = (p: number) => (degreesOfFreedom === undefined ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom));
  const size = ((high - low) / 2) * (1 + quantile(power) / quantile(0.975));
  return size > 0 && Number.isFinite(size) ? size : undefined;
}

/** `±0.056`, `±4.1%`: two significant digits, rounded up. */
export function couldShow(
  interval: Interval | undefined,
  degreesOfFreedom: number | undefined,
  unit: "" | "%" = "",
): string | undefined {
  const size = interval && smallestChange(interval, degreesOfFreedom);
  if (size === undefined) return undefined;
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(size))));
  const step = 10 ** -decimals;
  return `±${formatFixed(Math.ceil(size / step - 1e-9) * step, decimals)}${unit}`;
}

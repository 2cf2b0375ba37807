import { type Interval, symmetric } from "./interval.ts";

/**
 * value ± half, symmetric on a scale on which the bounds are infinitely far: the logit between two bounds, the logarithm above one.
 * Near a bound it is skewed as the estimate is. At a bound, or without a least value, it is value ± half.
 */
export function boundedInterval(value: number, half: number, { low, high }: Interval): Interval {
  const [below, above] = [value - low, high - value];
  if (!Number.isFinite(below) || !(below > 0) || !(above > 0)) return symmetric(value, half);
  if (!Number.isFinite(above)) {
    const factor = Math.exp(half / below);
    return { low: low + below / factor, high: low + below * factor };
  }
  const odds = below / above;
  const factor = Math.exp((half * (high - low)) / (below * above));
  const at = (ratio: number) => (Number.isFinite(ratio) ? low + ((high - low) * ratio) / (1 + ratio) : high);
  return { low: at(odds / factor), high: at(odds * factor) };
}

import type { Interval } from "./interval.ts";
import { z95 } from "./normal.ts";

/** Wilson's 95% score interval of a proportion, `events` of `trials` > 0 (Wilson 1927). */
export function wilsonInterval(events: number, trials: number): Interval {
  const share = events / trials;
  const z2 = z95 * z95;
  const centre = share + z2 / (2 * trials);
  const spread = z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: events === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: events === trials ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

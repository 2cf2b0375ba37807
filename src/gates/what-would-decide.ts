import type { Interval } from "../evidence/evidence.ts";
import { normalQuantile, z95 } from "../statistics/normal.ts";
import { errorsOfChange, rowsNeeded, seedsNeeded, type TrainedSide } from "../statistics/sample-size.ts";
import { studentTQuantile } from "../statistics/student-t.ts";

/** What an interval was made from, and so what would narrow it. */
export type Sampling = Units | SeedsAndUnits | { kind: "unknown"; wanted: string };

/** The half-width shrinks with the root of their number. */
interface Units {
  kind: "units";
  count: number;
  /** For people: one, and several of them. */
  names: readonly [one: string, several: string];
  /** Their noise is known, not estimated from them. */
  known?: boolean;
}

/** The interval holds the variance of several trainings a side as well. */
interface SeedsAndUnits {
  kind: "seeds";
  units: Units;
  /** A side; of sides with different numbers the harmonic mean. */
  trainings: number;
  /** Standard deviation from seed to seed, and standard error over rows, of the change in the metric's units. */
  seedDeviation: number;
  rowError: number;
  /** Half of the change's 95% interval, in the metric's units. */
  halfWidth: number;
}

export function units(count: number, one: string, several: string, known = false): Units {
  return { kind: "units", count, names: [one, several], known };
}

export const testRows = (count: number): Units => units(count, "test row", "test rows");

/** What is asked for decides in so many cases of a hundred, if the estimate is right. */
const power = 0.9;
/** An estimate this far out is no use to anybody. */
const mostUnits = 1e9;
const mostSeeds = 100;

/**
 * What would decide an inconclusive result, either way, if the estimate holds: a clause for people.
 * @param distance from the estimate to the limit; below 0 when the estimate itself is past it
 * @param halfWidth of the 95% interval, from the estimate towards the limit
 */
export function whatWouldDecide(distance: number, halfWidth: number, sampling: Sampling): string {
  if (distance >= 0) return decidedBy(distance, halfWidth, sampling);
  return `does not hold as measured, within the noise; ${decidedBy(-distance, halfWidth, sampling)}`;
}

function decidedBy(distance: number, halfWidth: number, sampling: Sampling): string {
  if (!(distance > 0)) return "too close to the limit to decide";
  if (sampling.kind === "unknown") return `needs ${sampling.wanted}`;
  if (sampling.kind === "seeds") return seedsOrUnits(distance / halfWidth, sampling);
  const more = unitsNeeded(distance, halfWidth, sampling) - sampling.count;
  return more <= mostUnits ? `needs about ${moreOf(more, sampling.names)}` : "too close to the limit to decide";
}

function unitsNeeded(distance: number, halfWidth: number, { count, known }: Units): number {
  const error = halfWidth / z95;
  if (known) return count * (((z95 + normalQuantile(power)) * error) / distance) ** 2;
  return rowsNeeded({ distance, deviation: error * Math.sqrt(count), power }) ?? Number.POSITIVE_INFINITY;
}

/**
 * How much of a change's variance is due to the seeds, by the variance between the trainings of the sides whose values are known.
 * @param estimated the change's 95% interval, and the degrees of freedom behind it
 * @returns that it is not known where no side's values are
 */
export function seedsAndUnits(
  units: Units,
  baseline: TrainedSide,
  candidate: TrainedSide,
  estimated: { interval: Interval; degreesOfFreedom?: number | undefined },
): Sampling {
  const errors = errorsOfChange(estimated, [baseline, candidate]);
  if (errors === undefined) return seedsOrMore(units, "seeds a side");
  return {
    kind: "seeds",
    units,
    trainings: 2 / (1 / baseline.trainings + 1 / candidate.trainings),
    ...errors,
    halfWidth: (estimated.interval.high - estimated.interval.low) / 2,
  };
}

/** Which of the two would do is not known. */
export function seedsOrMore({ names: [, several] }: Units, seeds: string): Sampling {
  return { kind: "unknown", wanted: `more ${seeds} or more ${several}` };
}

/** @param target by what the half-width is above the distance to the limit: their ratio, below 1 */
function seedsOrUnits(target: number, sampling: SeedsAndUnits): string {
  const { units, trainings, seedDeviation, rowError, halfWidth } = sampling;
  // Of a relative gate too in the metric's own units.
  const distance = target * halfWidth;
  const seeds = (seedsNeeded({ distance, seedDeviation, rowError, power }) ?? Number.POSITIVE_INFINITY) - trainings;
  const step = range(1, 200).find((count) => isDecided(distance, sampling, 1.1 ** count));
  const rows = step === undefined ? Number.POSITIVE_INFINITY : units.count * (1.1 ** step - 1);
  const [, several] = units.names;
  const enough = [
    ...(seeds <= mostSeeds ? [moreOf(seeds, ["seed a side", "seeds a side"])] : []),
    ...(rows <= mostUnits ? [moreOf(rows, units.names)] : []),
  ];
  if (enough.length === 2) return `needs about ${enough.join(", or ")}`;
  if (enough.length === 1) return `needs about ${enough[0]}; more ${seeds <= mostSeeds ? several : "seeds"} alone would not do`;
  return target < 0.05 ? "too close to the limit to decide" : `needs more seeds a side and more ${several}`;
}

/** Whether so many times the rows decide with the trainings that there are: (t₀.₉₇₅ + t_power)·√(2s²/K + SE²), as in `seedsNeeded`. */
function isDecided(distance: number, { trainings, seedDeviation, rowError }: SeedsAndUnits, times: number): boolean {
  const ofSeeds = (2 * seedDeviation ** 2) / trainings;
  const variance = ofSeeds + rowError ** 2 / times;
  if (variance === 0) return true;
  const df = Math.min(1e9, ((2 * trainings - 2) * variance ** 2) / ofSeeds ** 2);
  return (studentTQuantile(0.975, df) + studentTQuantile(power, df)) * Math.sqrt(variance) <= distance;
}

/** Up to two digits: an estimate, no promise. */
function moreOf(number: number, [one, several]: Units["names"]): string {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(number, 1))) - 1);
  const rounded = Math.max(1, Math.ceil(number / step - 1e-9) * step);
  return `${rounded.toLocaleString("en-US")} more ${rounded === 1 ? one : several}`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

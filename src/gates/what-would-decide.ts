import type { Interval } from "../evidence/evidence.ts";
import { standardError } from "../statistics/significance.ts";
import { studentTQuantile } from "../statistics/student-t.ts";

/** What an interval was made from, and so what would narrow it. */
export type Sampling = Units | SeedsAndUnits | { kind: "unknown"; wanted: string };

/** The half-width shrinks with the root of their number. */
interface Units {
  kind: "units";
  count: number;
  /** For people: one, and several of them. */
  names: readonly [one: string, several: string];
}

/** The interval holds the variance of several trainings a side as well. */
interface SeedsAndUnits {
  kind: "seeds";
  units: Units;
  /** Trainings of each side. */
  baseline: number;
  candidate: number;
  /** Of the change's variance, what is due to the seeds: 0 to 1. */
  share: number;
}

export function units(count: number, one: string, several: string): Units {
  return { kind: "units", count, names: [one, several] };
}

export const testRows = (count: number): Units => units(count, "test row", "test rows");

/** An estimate this far out is no use to anybody. */
const mostUnits = 1e9;
const mostSeeds = 100;

/**
 * What would decide an inconclusive result if the estimate holds, as a clause for people.
 * @param distance from the estimate to the limit; not above 0 when the estimate itself is past it
 * @param halfWidth of the 95% interval, from the estimate towards the limit
 */
export function whatWouldDecide(distance: number, halfWidth: number, sampling: Sampling): string {
  if (!(distance > 0)) return "the limit lies within the noise";
  if (sampling.kind === "unknown") return `needs ${sampling.wanted}`;
  if (sampling.kind === "seeds") return seedsOrUnits(distance / halfWidth, sampling);
  const more = sampling.count * ((halfWidth / distance) ** 2 - 1);
  if (!(more <= mostUnits)) return "too close to the limit to decide";
  return `needs about ${moreOf(more, sampling.names)}`;
}

export interface TrainedSide {
  trainings: number;
  /** Their values, where they are known. */
  values: readonly number[] | undefined;
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
  const known = [baseline.values, candidate.values].filter((values) => values !== undefined && values.length > 1);
  if (known.length === 0) return seedsOrMore(units, "seeds a side");
  const squares = known.reduce((sum, values) => sum + squaresAroundMean(values ?? []), 0);
  const df = known.reduce((sum, values) => sum + (values?.length ?? 1) - 1, 0);
  const ofSeeds = (squares / df) * (1 / baseline.trainings + 1 / candidate.trainings);
  const variance = standardError(estimated) ** 2;
  const share = variance > 0 ? Math.min(1, ofSeeds / variance) : 0;
  return { kind: "seeds", units, baseline: baseline.trainings, candidate: candidate.trainings, share };
}

/** Which of the two would do is not known. */
export function seedsOrMore({ names: [, several] }: Units, seeds: string): Sampling {
  return { kind: "unknown", wanted: `more ${seeds} or more ${several}` };
}

/**
 * The half-width is t·√(2s²/K + SE²), as in `statistics/seed-interval.ts`: seeds shrink the first part and rows the second, and
 * t falls as the seeds' part has more degrees of freedom or less weight.
 * @param target by what the half-width has to shrink, below 1
 */
function seedsOrUnits(target: number, { units, baseline, candidate, share }: SeedsAndUnits): string {
  const halfWidth = (moreSeeds: number, timesUnits: number): number => {
    const [k1, k2] = [baseline + moreSeeds, candidate + moreSeeds];
    const ofSeeds = (share * (1 / k1 + 1 / k2)) / (1 / baseline + 1 / candidate);
    const variance = ofSeeds + (1 - share) / timesUnits;
    if (variance === 0) return 0;
    const df = ((k1 + k2 - 2) * variance ** 2) / ofSeeds ** 2;
    return studentTQuantile(0.975, Math.min(df, 1e9)) * Math.sqrt(variance);
  };
  const enough = target * halfWidth(0, 1);
  const seeds = range(1, mostSeeds).find((more) => halfWidth(more, 1) < enough);
  const step = range(1, 200).find((power) => halfWidth(0, 1.1 ** power) < enough);
  const more = step === undefined ? Number.POSITIVE_INFINITY : units.count * (1.1 ** step - 1);
  const trainings = seeds && moreOf(seeds, ["seed a side", "seeds a side"]);
  const rows = more <= mostUnits && moreOf(more, units.names);
  const [, several] = units.names;
  if (trainings && rows) return `needs about ${trainings}, or ${rows}`;
  if (trainings) return `needs about ${trainings}; more ${several} alone would not do`;
  if (rows) return `needs about ${rows}; more seeds alone would not do`;
  return target < 0.05 ? "too close to the limit to decide" : `needs more seeds a side and more ${several}`;
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

function squaresAroundMean(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

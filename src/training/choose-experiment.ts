import type { Experiment, Experiments, Training } from "../evidence/evidence.ts";
import type { Selection } from "../spec/spec.ts";
import { isInterrupted } from "./interruption.ts";

/** What a point's trainings say of the number that chooses, and why it cannot be chosen where it cannot. */
export function measureExperiment(
  trainings: readonly Training[],
  { reported }: Selection,
): Pick<Experiment, "outcome" | "seeds" | "message"> {
  const unfinished = trainings.find(({ outcome }) => outcome !== "completed");
  const seeds = trainings.map((training, index) => ({
    seed: training.seed ?? index,
    value: training.reported?.[reported] ?? null,
    ...(training.model && { model: training.model.digest }),
    ...(training.gpus && { gpus: { hours: training.gpus.hours } }),
  }));
  const without = seeds.find(({ value }) => value === null);
  const message = unfinished
    ? (unfinished.message ?? `Training ended as ${unfinished.outcome}.`)
    : without && `With seed ${without.seed} it reported no ${reported}.`;
  return { outcome: unfinished?.outcome ?? "completed", seeds, ...(message !== undefined && { message }) };
}

/** Place of the best point: by the mean over its seeds, the first of equal ones. What failed or lacks a number cannot win. */
export function chooseExperiment(points: readonly Experiment[], { better }: Experiments["select"]): number | undefined {
  let best: { place: number; mean: number } | undefined;
  for (const [place, point] of points.entries()) {
    const mean = meanOf(point);
    if (mean === undefined) continue;
    if (best === undefined || (better === "lower" ? mean < best.mean : mean > best.mean)) best = { place, mean };
  }
  return best?.place;
}

function meanOf({ outcome, seeds }: Experiment): number | undefined {
  const values = seeds.flatMap(({ value }) => (value === null ? [] : [value]));
  if (outcome !== "completed" || values.length === 0 || values.length < seeds.length) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether it ended by itself, well or not. Interrupted, or on a machine that is unfit, it may end otherwise another time. */
export function endedByItself(training: Training): boolean {
  return !isInterrupted(training) && !training.unfit;
}

import type { Reading } from "./read-line.ts";

/** What is known so far; `fraction` of the whole training, where the trainer says how long it is. */
export interface Known extends Reading {
  fraction: number | undefined;
}

/** A reading together with what was said before it. */
export function join(before: Known | undefined, reading: Reading): Known {
  const epochs = reading.epochs ?? before?.epochs;
  const epoch = reading.epoch ?? before?.epoch;
  const isNewEpoch = reading.epoch !== undefined && reading.epoch !== before?.epoch && reading.step === undefined;
  const step = reading.step ?? (isNewEpoch ? undefined : before?.step);
  const steps = reading.steps ?? before?.steps;
  const known = { step, steps, epoch, epochs, measures: { ...before?.measures, ...reading.measures } };
  return { ...known, fraction: fractionOf(known) };
}

function fractionOf({ step, steps, epoch, epochs }: Omit<Known, "fraction">): number | undefined {
  const within = step !== undefined && steps ? Math.min(1, step / steps) : undefined;
  if (epochs && epoch !== undefined) return Math.min(1, Math.max(0, (epoch - 1 + (within ?? 0)) / epochs));
  return epoch === undefined ? within : undefined;
}

/** `Epoch 3 of 10, step 120 of 469, loss 0.31, about 4 minutes left` */
export function describe({ step, steps, epoch, epochs, measures }: Known, secondsLeft: number | undefined): string {
  const [name, value] = Object.entries(measures).find(([measure]) => /(^|[./_])loss($|\/)/i.test(measure)) ?? [];
  const parts = [
    ...(epoch === undefined ? [] : [`epoch ${Number(epoch.toFixed(2))}${epochs ? ` of ${epochs}` : ""}`]),
    ...(step === undefined ? [] : [`step ${step}${steps ? ` of ${steps}` : ""}`]),
    ...(name === undefined || value === undefined ? [] : [`${name} ${Number(value.toPrecision(4))}`]),
    ...(secondsLeft === undefined ? [] : [`about ${duration(secondsLeft)} left`]),
  ];
  const text = parts.join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} seconds`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} minutes`;
  return `${Number((seconds / 3_600).toFixed(1))} hours`;
}

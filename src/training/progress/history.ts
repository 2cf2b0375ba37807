import type { Training } from "../../evidence/evidence.ts";
import type { Reading } from "./read-line.ts";

const maxPoints = 1_000;
const maxSeries = 50;

/** What a trainer said of itself over time. */
export type History = Required<Pick<Training, "history" | "historyAt">>;

/** Collects readings as series over epochs, where the trainer counts them, else over steps; in bounded memory. */
export function createHistory() {
  let unit: "epoch" | "step" | undefined;
  let epoch: number | undefined;
  let points: { at: number; measures: Record<string, number> }[] = [];
  /** Of readings that would be points: every so many is kept. */
  let stride = 1;
  let seen = 0;

  return {
    add(reading: Reading): void {
      epoch = reading.epoch ?? epoch;
      if (Object.keys(reading.measures).length === 0) return;
      const place = placeOf(reading);
      if (place === undefined) return;
      unit ??= place.unit;
      const last = points.at(-1);
      // Another bar, such as an evaluation's, counts from its own beginning.
      if (place.unit !== unit || (last && place.at < last.at)) return;
      if (last && place.at === last.at) {
        Object.assign(last.measures, reading.measures);
        return;
      }
      seen += 1;
      if ((seen - 1) % stride !== 0) return;
      points.push({ at: place.at, measures: { ...reading.measures } });
      if (points.length <= maxPoints) return;
      points = points.filter((_, index) => index % 2 === 0);
      stride *= 2;
    },
    /** Undefined when the trainer said nothing that is read. */
    history(): History | undefined {
      const names = [...new Set(points.flatMap(({ measures }) => Object.keys(measures)))].slice(0, maxSeries);
      if (unit === undefined || names.length === 0) return undefined;
      return {
        history: Object.fromEntries(names.map((name) => [name, points.map(({ measures }) => measures[name] ?? null)])),
        historyAt: { unit, at: points.map(({ at }) => at) },
      };
    },
  };

  function placeOf({ step, ofEpoch }: Reading): { unit: "epoch" | "step"; at: number } | undefined {
    if (step !== undefined && !ofEpoch) return { unit: "step", at: step };
    return epoch === undefined ? undefined : { unit: "epoch", at: epoch };
  }
}

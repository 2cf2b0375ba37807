import type { History } from "./history.ts";
import { isMeasureName } from "./read-line.ts";

const maxSeries = 50;
const maxPlaces = 1_000;
const maxPointsEach = 4_000;

interface Series {
  points: Map<number, number>;
  /** Of numbers that come, every so many is kept. */
  stride: number;
  seen: number;
}

/** Collects numbers that come one by one, each quantity at steps of its own and in any order; in bounded memory. */
export function createSeries() {
  const all = new Map<string, Series>();
  return {
    add(name: string, step: number, value: number): void {
      if (!isMeasureName(name) || !Number.isFinite(value) || (!all.has(name) && all.size === maxSeries)) return;
      const series = all.get(name) ?? { points: new Map(), stride: 1, seen: 0 };
      all.set(name, series);
      series.seen += 1;
      if ((series.seen - 1) % series.stride !== 0) return;
      series.points.set(step, value);
      if (series.points.size <= maxPointsEach) return;
      series.points = new Map([...series.points].filter((_, index) => index % 2 === 0));
      series.stride *= 2;
    },
    each(take: (name: string, step: number, value: number) => void): void {
      for (const [name, { points }] of all) for (const [step, value] of points) take(name, step, value);
    },
    /** Undefined when nothing came. Where there are very many steps, neighbours share a place, so that no quantity loses all of its own. */
    history(): History | undefined {
      if (all.size === 0) return undefined;
      const steps = [...new Set([...all.values()].flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
      const width = Math.ceil(steps.length / maxPlaces);
      const places = Array.from({ length: Math.ceil(steps.length / width) }, (_, index) =>
        steps.slice(index * width, (index + 1) * width),
      );
      const valueAt = ({ points }: Series, place: readonly number[]) =>
        points.get(place.findLast((step) => points.has(step)) ?? Number.NaN) ?? null;
      return {
        history: Object.fromEntries([...all].map(([name, series]) => [name, places.map((place) => valueAt(series, place))])),
        historyAt: { unit: "step", at: places.map((place) => place.at(-1) ?? 0) },
      };
    },
  };
}

import type { GpuUse } from "../../evidence/evidence.ts";
import type { GpuReading } from "./nvidia-smi.ts";

export interface GpuUseRequest {
  /** GPUs that the training asked for; undefined: it had all that it saw. */
  declared: number | undefined;
  /** How long it had them. */
  seconds: number;
}

const maxSamples = 200;

/** One GPU in one sample of the chart. */
interface Moment {
  utilization: number | undefined;
  /** Mebibytes; the most where samples were put together. */
  memory: number;
}

interface Sample {
  seconds: number;
  /** By the GPU's id. */
  moments: Map<string, Moment>;
}

interface Sum {
  name: string;
  utilization: { sum: number; count: number; max: number };
  power: { sum: number; count: number };
  peakMemory: number;
}

/** Collects readings of GPUs in bounded memory, however long a training takes. */
export function createGpuRecord() {
  const sums = new Map<string, Sum>();
  let samples: Sample[] = [];
  /** How many readings one sample of the chart stands for. */
  let stride = 1;
  let readings = 0;

  return {
    /** @param seconds since the training began */
    add(seconds: number, gpus: readonly GpuReading[]): void {
      for (const gpu of gpus) addTo(sumOf(gpu), gpu);
      const moments = new Map(gpus.map(({ uuid, utilization, memoryUsed: memory }) => [uuid, { utilization, memory }]));
      const last = samples.at(-1);
      if (last && readings % stride !== 0) samples[samples.length - 1] = joined(last, { seconds, moments });
      else samples.push({ seconds, moments });
      readings += 1;
      if (samples.length <= maxSamples) return;
      const halves = samples.filter((_, index) => index % 2 === 0);
      samples = halves.map((sample, index) => joined(sample, samples[2 * index + 1]));
      stride *= 2;
    },
    /** Undefined when nothing was read. */
    use({ declared, seconds }: GpuUseRequest): GpuUse | undefined {
      // Which of several GPUs a training took is not said anywhere: those that worked.
      const used = [...sums].sort(([, a], [, b]) => work(b) - work(a) || b.peakMemory - a.peakMemory).slice(0, declared);
      if (used.length === 0) return undefined;
      const count = declared ?? used.length;
      const utilizations = used.flatMap(([, { utilization }]) => (utilization.count > 0 ? [utilization] : []));
      const powers = used.flatMap(([, { power }]) => (power.count > 0 ? [power.sum / power.count] : []));
      const ids = used.map(([id]) => id);
      return {
        name: [...new Set(used.map(([, { name }]) => name))].join(", ").slice(0, 200),
        count,
        hours: (count * seconds) / 3_600,
        ...(utilizations.length > 0 && {
          utilization: {
            mean: mean(utilizations.map(({ sum, count: of }) => sum / of)),
            max: Math.max(...utilizations.map(({ max }) => max)),
          },
        }),
        peakMemory: Math.max(...used.map(([, { peakMemory }]) => peakMemory)),
        ...(powers.length > 0 && { power: powers.reduce((sum, watts) => sum + watts, 0) }),
        samples: samples.map((sample) => sampleOf(sample, ids)),
      };
    },
  };

  function sumOf({ uuid, name }: GpuReading): Sum {
    const known = sums.get(uuid);
    if (known) return known;
    const sum = { name, utilization: { sum: 0, count: 0, max: 0 }, power: { sum: 0, count: 0 }, peakMemory: 0 };
    sums.set(uuid, sum);
    return sum;
  }
}

function addTo(sum: Sum, { utilization, power, memoryUsed }: GpuReading): void {
  if (utilization !== undefined) {
    sum.utilization.sum += utilization;
    sum.utilization.count += 1;
    sum.utilization.max = Math.max(sum.utilization.max, utilization);
  }
  if (power !== undefined) {
    sum.power.sum += power;
    sum.power.count += 1;
  }
  sum.peakMemory = Math.max(sum.peakMemory, memoryUsed);
}

function work({ utilization: { sum, count } }: Sum): number {
  return count === 0 ? 0 : sum / count;
}

function joined(first: Sample, second: Sample | undefined): Sample {
  if (!second) return first;
  const moments = new Map(first.moments);
  for (const [id, moment] of second.moments) {
    const before = moments.get(id);
    moments.set(
      id,
      before
        ? {
            utilization: meanOf([before.utilization, moment.utilization]),
            memory: Math.max(before.memory, moment.memory),
          }
        : moment,
    );
  }
  return { seconds: first.seconds, moments };
}

function sampleOf({ seconds, moments }: Sample, ids: readonly string[]): GpuUse["samples"][number] {
  const of = ids.flatMap((id) => moments.get(id) ?? []);
  const utilization = meanOf(of.map((moment) => moment.utilization));
  const memory = Math.max(0, ...of.map((moment) => moment.memory));
  return { seconds: Math.round(seconds), memory, ...(utilization !== undefined && { utilization: Math.round(utilization) }) };
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : mean(known);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

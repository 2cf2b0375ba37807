import { MissingDataError } from "../../errors/errors.ts";

/** What `nvidia-smi` says of one GPU at one moment; what the GPU or its driver does not report is undefined. */
export interface GpuReading {
  index: number;
  uuid: string;
  name: string;
  /** Mebibytes. */
  memoryTotal: number;
  memoryFree: number;
  memoryUsed: number;
  /** Per cent of the last sample period in which a kernel ran. */
  utilization: number | undefined;
  /** Degrees Celsius. */
  temperature: number | undefined;
  /** Watts. */
  power: number | undefined;
  /** Memory errors since the driver was loaded that could not be corrected. */
  uncorrectedErrors: number | undefined;
  /** It is cut into MIG devices, and only those can compute. */
  mig: boolean;
  /** It runs slower because it is too hot. */
  thermalSlowdown: boolean;
}

/** A program that computes on a GPU. */
export interface GpuProcess {
  gpu: string;
  pid: number;
  name: string;
  /** Mebibytes; undefined where the driver does not tell. */
  memory: number | undefined;
}

/** Fields by their documented names (`nvidia-smi --help-query-gpu`), in the order in which they are read. */
const gpuFields = [
  "index",
  "uuid",
  "name",
  "memory.total",
  "memory.free",
  "memory.used",
  "utilization.gpu",
  "temperature.gpu",
  "power.draw",
  "ecc.errors.uncorrected.volatile.total",
  "mig.mode.current",
  "clocks_throttle_reasons.hw_thermal_slowdown",
] as const;

/** As `nvidia-smi --help-query-compute-apps` has them. */
const processFields = ["gpu_uuid", "pid", "process_name", "used_gpu_memory"] as const;

/** The arguments that ask for fields in the form that is parsed here. */
export function gpuQuery(): string[] {
  return [`--query-gpu=${gpuFields.join(",")}`, "--format=csv,noheader,nounits"];
}

export function processQuery(): string[] {
  return [`--query-compute-apps=${processFields.join(",")}`, "--format=csv,noheader,nounits"];
}

/** @throws MissingDataError for what is not the answer to `gpuQuery` */
export function parseGpus(output: string): GpuReading[] {
  return records(output).map((line) => {
    const values = line.split(",").map((value) => value.trim());
    const [index, uuid, name, total, free, used, utilization, temperature, power, errors, mig, thermal] = values;
    const memory = [total, free, used].map(numberOf);
    const [memoryTotal, memoryFree, memoryUsed] = memory;
    if (values.length !== gpuFields.length || numberOf(index) === undefined || memoryTotal === undefined || !uuid)
      throw new MissingDataError(`nvidia-smi answered what is not known here: ${JSON.stringify(line.slice(0, 200))}.`);
    return {
      index: Number(index),
      uuid,
      name: name ?? "",
      memoryTotal,
      memoryFree: memoryFree ?? memoryTotal - (memoryUsed ?? 0),
      memoryUsed: memoryUsed ?? 0,
      utilization: numberOf(utilization),
      temperature: numberOf(temperature),
      power: numberOf(power),
      uncorrectedErrors: numberOf(errors),
      mig: mig === "Enabled",
      thermalSlowdown: thermal === "Active",
    };
  });
}

/** @throws MissingDataError for what is not the answer to `processQuery` */
export function parseProcesses(output: string): GpuProcess[] {
  return records(output).map((line) => {
    // A process's name is the only field that may hold a comma.
    const [, gpu = "", pid, name = "", memory] = /^([^,]+),\s*(\d+),\s*(.*),\s*([^,]+)$/.exec(line) ?? [];
    if (pid === undefined)
      throw new MissingDataError(`nvidia-smi answered what is not known here: ${JSON.stringify(line.slice(0, 200))}.`);
    return { gpu: gpu.trim(), pid: Number(pid), name: name.trim(), memory: numberOf(memory) };
  });
}

/** A part of a GPU that computes by itself. */
export interface MigDevice {
  uuid: string;
  /** Of its profile's name: `1g.10gb` has 10 GiB. Mebibytes. */
  memory: number | undefined;
}

/** Reads `nvidia-smi -L`: below each GPU its MIG devices, `  MIG 1g.10gb     Device  0: (UUID: MIG-…)`. */
export function parseMigDevices(output: string): MigDevice[] {
  return [...output.matchAll(/^\s+MIG (\S+)\s+Device\s+\d+: \(UUID: (\S+)\)$/gm)].map(([, profile = "", uuid = ""]) => {
    const gigabytes = /(\d+)gb/.exec(profile)?.[1];
    return { uuid, memory: gigabytes === undefined ? undefined : Number(gigabytes) * 1_024 };
  });
}

function records(output: string): string[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^no (running processes|devices) .*found/i.test(line));
}

/** Undefined for `[N/A]`, `[Not Supported]` and the like. */
function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

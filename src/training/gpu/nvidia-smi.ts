import { MissingDataError } from "../../errors/errors.ts";

/** What `nvidia-smi` says of one GPU at one moment; what the GPU or its driver does not report is undefined. */
export interface GpuReading {
  index: number;
  uuid: string;
  name: string;
  /** Mebibytes; infinite where the driver does not tell, as of a GPU that uses the machine's memory: it is not found too small. */
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

export type GpuField = (typeof gpuFields)[number];

/** As `nvidia-smi --help-query-compute-apps` has them. */
const processFields = ["gpu_uuid", "pid", "process_name", "used_gpu_memory"] as const;

/**
 * The arguments that ask for fields in the form that is parsed here.
 * @param unknown fields that this driver does not know
 */
export function gpuQuery(unknown: readonly GpuField[] = []): string[] {
  return [`--query-gpu=${fieldsBut(unknown).join(",")}`, "--format=csv,noheader,nounits"];
}

/** The field for which a driver refused the whole query; undefined for one without which nothing can be told. */
export function refusedField(output: string): GpuField | undefined {
  const name = /^Field "([^"]+)" is not a valid field to query/im.exec(output)?.[1];
  return gpuFields.find((field) => field === name && field !== "index" && field !== "uuid");
}

export function processQuery(): string[] {
  return [`--query-compute-apps=${processFields.join(",")}`, "--format=csv,noheader,nounits"];
}

/**
 * @param unknown as `gpuQuery` was given them
 * @throws MissingDataError for what is not the answer to `gpuQuery`
 */
export function parseGpus(output: string, unknown: readonly GpuField[] = []): GpuReading[] {
  const fields = fieldsBut(unknown);
  return records(output).map((line) => {
    const values = line.split(",").map((value) => value.trim());
    const text = (field: GpuField) => values[fields.indexOf(field)];
    const number = (field: GpuField) => numberOf(text(field));
    const [index, uuid] = [number("index"), text("uuid")];
    if (values.length !== fields.length || index === undefined || !uuid)
      throw new MissingDataError(`nvidia-smi answered what is not known here: ${JSON.stringify(line.slice(0, 200))}.`);
    const [free, used = 0] = [number("memory.free"), number("memory.used")];
    const memoryTotal = number("memory.total") ?? (free ?? Number.POSITIVE_INFINITY) + used;
    return {
      index,
      uuid,
      name: text("name") ?? "",
      memoryTotal,
      memoryFree: free ?? memoryTotal - used,
      memoryUsed: used,
      utilization: number("utilization.gpu"),
      temperature: number("temperature.gpu"),
      power: number("power.draw"),
      uncorrectedErrors: number("ecc.errors.uncorrected.volatile.total"),
      mig: text("mig.mode.current") === "Enabled",
      thermalSlowdown: text("clocks_throttle_reasons.hw_thermal_slowdown") === "Active",
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

function fieldsBut(unknown: readonly GpuField[]): readonly GpuField[] {
  return gpuFields.filter((field) => !unknown.includes(field));
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

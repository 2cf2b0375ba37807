import type { GpuProcess, GpuReading, MigDevice } from "./nvidia-smi.ts";

/** What a training asks of the machine. */
export interface GpuNeeds {
  /** GPUs, or MIG devices where GPUs are cut into them. */
  gpus: number;
  /** Free memory of each, in mebibytes; undefined: it is not declared, and a GPU is not shared. */
  memory: number | undefined;
}

/** What the machine said, or why it said nothing. */
export type GpuState =
  | { kind: "answered"; gpus: readonly GpuReading[]; processes: readonly GpuProcess[]; mig: readonly MigDevice[] }
  | { kind: "no-driver" }
  | { kind: "hung"; seconds: number }
  | { kind: "failed"; message: string };

export interface Preflight {
  /** What is wrong, each with what to do; empty: training may start. */
  problems: string[];
  /** Worth knowing, no reason to stop. */
  warnings: string[];
  /** Indexes of the GPUs that the training is to use, where it sees more than it needs: the others may be somebody else's. */
  chosen?: readonly number[];
}

/** Where the driver itself says that a GPU's memory can no longer be trusted. */
const reset = "Drain the machine and reset the GPU (`nvidia-smi --gpu-reset`), or replace it if that comes back.";

/**
 * Whether the training may start on this machine. Pure.
 * @param visible `CUDA_VISIBLE_DEVICES`: indexes or ids of the GPUs that programs see; undefined: all
 */
export function checkGpus(needs: GpuNeeds, state: GpuState, visible: string | undefined): Preflight {
  if (needs.gpus === 0) return { problems: [], warnings: [] };
  if (state.kind !== "answered") return { problems: [unanswered(state, needs)], warnings: [] };
  const seen = state.gpus.filter((gpu) => isVisible(gpu, visible));
  const hidden = state.gpus.length - seen.length;
  const problems = seen.flatMap(brokenParts);
  const warnings: string[] = [];
  let chosen: readonly GpuReading[] = seen;
  if (seen.some(({ mig }) => mig))
    problems.push(
      ...checkMig(
        needs,
        state.mig.filter((device) => isVisibleDevice(device, visible)),
      ),
    );
  else {
    if (seen.length < needs.gpus)
      problems.push(
        `The training needs ${count(needs.gpus, "GPU")}, and this runner has ${seen.length}` +
          `${hidden > 0 ? ` (CUDA_VISIBLE_DEVICES=${visible} hides ${hidden})` : ""}. Choose other runner labels, or lower train.gpus.`,
      );
    const usable = seen.map((gpu) => ({ gpu, reason: whyNotUsable(gpu, needs, state.processes) }));
    const free = usable.filter(({ reason }) => reason === undefined);
    const holders = (gpu: GpuReading) => state.processes.filter((process) => process.gpu === gpu.uuid);
    // Those that nobody uses first.
    const inOrder = free.map(({ gpu }) => gpu).toSorted((a, b) => holders(a).length - holders(b).length || a.index - b.index);
    chosen = inOrder.slice(0, needs.gpus);
    if (seen.length >= needs.gpus && free.length < needs.gpus) problems.push(...usable.flatMap(({ reason }) => reason ?? []));
    warnings.push(
      ...chosen.flatMap((gpu) => {
        const beside = holders(gpu);
        return beside.length > 0 ? [`${nameOf(gpu)} is shared with ${beside.map(processName).join(", ")}.`] : [];
      }),
    );
  }
  if (problems.length > 0 || chosen.length === seen.length) return { problems, warnings };
  return { problems, warnings, chosen: chosen.map(({ index }) => index).toSorted((a, b) => a - b) };
}

function unanswered(state: Exclude<GpuState, { kind: "answered" }>, { gpus }: GpuNeeds): string {
  const need = `The training needs ${count(gpus, "GPU")}`;
  switch (state.kind) {
    case "no-driver":
      return `${need}, and this runner has no nvidia-smi, so no NVIDIA driver. Choose a runner with GPUs by train.runner, or install the driver.`;
    case "hung":
      return `${need}, and nvidia-smi did not answer within ${state.seconds} seconds: the driver hangs. Take the machine out of service and restart it.`;
    case "failed":
      return `${need}, and nvidia-smi failed: ${state.message}. Mend the driver on this machine (after an upgrade it has to be restarted).`;
  }
}

function brokenParts(gpu: GpuReading): string[] {
  const problems: string[] = [];
  if ((gpu.uncorrectedErrors ?? 0) > 0)
    problems.push(
      `${nameOf(gpu)} has ${count(gpu.uncorrectedErrors ?? 0, "memory error")} that could not be corrected. ${reset}`,
    );
  if (gpu.thermalSlowdown)
    problems.push(
      `${nameOf(gpu)} is slowed down because it is too hot${gpu.temperature === undefined ? "" : ` (${gpu.temperature} °C)`}. Look at the machine's cooling.`,
    );
  return problems;
}

function checkMig({ gpus, memory }: GpuNeeds, devices: readonly MigDevice[]): string[] {
  const large = devices.filter((device) => memory === undefined || device.memory === undefined || device.memory >= memory);
  if (large.length >= gpus) return [];
  const sizes = devices.map((device) => (device.memory === undefined ? "unknown" : gibibytes(device.memory))).join(", ");
  return [
    `The GPUs of this runner are cut into MIG devices, and the training needs ${gpus}${memory === undefined ? "" : ` of ${gibibytes(memory)}`}; ` +
      `there ${devices.length === 0 ? "are none" : `${devices.length === 1 ? "is" : "are"} ${count(devices.length, "device")} (${sizes})`}. Choose other runner labels, or lower train.gpus or train.gpu-memory.`,
  ];
}

function whyNotUsable(gpu: GpuReading, { memory }: GpuNeeds, processes: readonly GpuProcess[]): string | undefined {
  const there = processes.filter((process) => process.gpu === gpu.uuid);
  const who =
    there.length === 0 ? "" : ` ${there.map(processName).join(", ")} ${there.length === 1 ? "is" : "are"} running on it.`;
  if (memory !== undefined && gpu.memoryTotal < memory)
    return `${nameOf(gpu)} has ${gibibytes(gpu.memoryTotal)} of memory, and the training needs ${gibibytes(memory)}. Choose other runner labels, or lower train.gpu-memory.`;
  if (memory !== undefined && gpu.memoryFree < memory)
    return `${nameOf(gpu)} has ${gibibytes(gpu.memoryFree)} of ${gibibytes(gpu.memoryTotal)} free, and the training needs ${gibibytes(memory)}.${who} Wait for it, or stop what should not run there.`;
  if (memory === undefined && there.length > 0)
    return `${nameOf(gpu)} is busy:${who} Wait for it, stop what should not run there, or declare train.gpu-memory to share the GPU.`;
  return undefined;
}

/** The environment in which programs see only the chosen GPUs, counted as nvidia-smi counts them. */
export function withGpus(
  environment: Readonly<Record<string, string | undefined>>,
  chosen: readonly number[] | undefined,
): Readonly<Record<string, string | undefined>> {
  if (!chosen) return environment;
  return { ...environment, CUDA_DEVICE_ORDER: "PCI_BUS_ID", CUDA_VISIBLE_DEVICES: chosen.join(",") };
}

/** Whether programs see the GPU. */
export function isVisible({ index, uuid, mig }: GpuReading, visible: string | undefined): boolean {
  if (visible === undefined || (mig && namedDevices(visible).length > 0)) return true;
  return visible.split(",").some((part) => part.trim() === String(index) || (part.trim() !== "" && uuid.startsWith(part.trim())));
}

/** With ids of MIG devices only those are seen; with GPUs all of theirs. */
function isVisibleDevice({ uuid }: MigDevice, visible: string | undefined): boolean {
  const named = namedDevices(visible);
  return named.length === 0 || named.some((id) => uuid.startsWith(id));
}

function namedDevices(visible = ""): string[] {
  return visible
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part.startsWith("MIG-"));
}

function nameOf({ index, name }: GpuReading): string {
  return `GPU ${index} (${name})`;
}

function processName({ name, pid, memory }: GpuProcess): string {
  return `${name.split("/").at(-1) ?? name} (process ${pid}${memory === undefined ? "" : `, ${gibibytes(memory)}`})`;
}

function gibibytes(mebibytes: number): string {
  return `${Number((mebibytes / 1_024).toPrecision(3))} GiB`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

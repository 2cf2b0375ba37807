import { setTimeout as wait } from "node:timers/promises";
import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { Model } from "../spec/spec.ts";
import { commandEnvironment } from "./command-environment.ts";
import { checkGpus, type GpuNeeds, type Preflight } from "./gpu/preflight.ts";
import { readGpus } from "./gpu/read-gpus.ts";

export interface MachineCheck {
  model: Model;
  /** Absolute; what is written there needs room. */
  folders: readonly string[];
  processes: Processes;
  files: Files;
  environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the job is cancelled: what is found then means nothing. */
  signal: AbortSignal;
  progress: (line: string) => void;
}

const gibibyte = 1_024 ** 3;
const minFreeBytes = gibibyte;
/** The driver takes a moment to free what an ended process held. */
const readingsAfterEnding = 5;
const pauseMs = 1_000;

/** Whether the model may be trained on this machine, before anything of it is set up. Ends what an earlier run of ours left on its GPUs. */
export async function checkMachine(request: MachineCheck): Promise<Preflight> {
  const { gpus, gpuMemory } = request.model.train;
  const disk = await checkDisk(request);
  // Small machines train small models: only what was declared is insisted on.
  if (gpus === undefined) return { problems: [], warnings: disk };
  const found = await checkFreeGpus({ gpus, memory: gpuMemory }, request);
  return { ...found, problems: [...found.problems, ...disk] };
}

async function checkFreeGpus(needs: GpuNeeds, { processes, environment, signal, progress }: MachineCheck): Promise<Preflight> {
  const env = commandEnvironment({ environment, declared: {} });
  const visible = environment["CUDA_VISIBLE_DEVICES"];
  let state = await readGpus(processes, { env, signal });
  let ended = false;
  if (state.kind === "answered") {
    for (const { pid, name } of state.processes) {
      if (!(await processes.endLeftover(pid))) continue;
      ended = true;
      progress(`Ended process ${pid} (${name.split("/").at(-1) ?? name}), which an earlier training of Assay's left on the GPU.`);
    }
  }
  for (let left = ended ? readingsAfterEnding : 0; left > 0 && !signal.aborted; left -= 1) {
    await wait(pauseMs);
    state = await readGpus(processes, { env, signal });
    if (checkGpus(needs, state, visible).problems.length === 0) break;
  }
  return checkGpus(needs, state, visible);
}

async function checkDisk({ files, folders }: MachineCheck): Promise<string[]> {
  const short: string[] = [];
  for (const folder of new Set(folders)) {
    const free = await files.freeBytes(folder);
    if (free < minFreeBytes)
      short.push(
        `${folder} has ${Math.floor(free / 1_024 ** 2)} MiB of free disk space, and a training wants at least 1 GiB. Free some, or choose another runner.`,
      );
  }
  return short;
}

import { AssayError } from "../../errors/errors.ts";
import { type Captured, NoAnswerError, type Processes } from "../../processes/processes.ts";
import { gpuQuery, type MigDevice, parseGpus, parseMigDevices, parseProcesses, processQuery } from "./nvidia-smi.ts";
import type { GpuState } from "./preflight.ts";

/** A driver that works answers in about a second; one that initialises many GPUs in ten. */
const secondsToAnswer = 30;

export interface ReadGpusOptions {
  program?: string;
  /** For all questions together. */
  seconds?: number;
  /** Of the program; default: this process's. */
  env?: Readonly<Record<string, string>> | undefined;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/** Asks `nvidia-smi` for the state of this machine's GPUs. Costs no more than the limit, whatever the driver does. */
export async function readGpus(
  { capture }: Pick<Processes, "capture">,
  { program = "nvidia-smi", seconds = secondsToAnswer, env, signal }: ReadGpusOptions = {},
): Promise<GpuState> {
  const deadline = Date.now() + seconds * 1_000;
  const ask = (args: readonly string[]): Promise<Captured> =>
    capture(program, args, { env, signal, timeoutSeconds: Math.max(0.001, (deadline - Date.now()) / 1_000) });
  try {
    const gpus = await ask(gpuQuery());
    if (gpus.exitCode !== 0) return { kind: "failed", message: firstLine(gpus) };
    const readings = parseGpus(gpus.stdout.toString("utf8"));
    const processes = await ask(processQuery());
    const mig: MigDevice[] = readings.some((gpu) => gpu.mig) ? parseMigDevices((await ask(["-L"])).stdout.toString("utf8")) : [];
    return {
      kind: "answered",
      gpus: readings,
      processes: processes.exitCode === 0 ? parseProcesses(processes.stdout.toString("utf8")) : [],
      mig,
    };
  } catch (error) {
    if (error instanceof NoAnswerError) return { kind: "hung", seconds };
    if (error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "ENOENT")
      return { kind: "no-driver" };
    if (error instanceof AssayError) return { kind: "failed", message: error.message };
    throw error;
  }
}

/** nvidia-smi explains itself on either output. */
function firstLine({ exitCode, stdout, stderr }: Captured): string {
  const said = `${stdout.toString("utf8")}\n${stderr}`.split("\n").find((line) => line.trim() !== "");
  return `${(said ?? "no message").trim().slice(0, 300)} (exit code ${exitCode})`;
}

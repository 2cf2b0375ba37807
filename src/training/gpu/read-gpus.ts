import { AssayError } from "../../errors/errors.ts";
import { type Captured, NoAnswerError, type Processes } from "../../processes/processes.ts";
import {
  type GpuField,
  gpuQuery,
  type MigDevice,
  parseGpus,
  parseMigDevices,
  parseProcesses,
  processQuery,
  refusedField,
} from "./nvidia-smi.ts";
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
    const { answer, unknown } = await askGpus(ask);
    if (answer.exitCode !== 0) return { kind: "failed", message: firstLine(answer) };
    const readings = parseGpus(answer.stdout.toString("utf8"), unknown);
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
    if (error instanceof AssayError) return { kind: "failed", message: error.message.replace(/\.$/, "") };
    throw error;
  }
}

/** Older and newer drivers lack some fields, and refuse a query that has one of those: it is asked again without. */
async function askGpus(
  ask: (args: readonly string[]) => Promise<Captured>,
  unknown: readonly GpuField[] = [],
): Promise<{ answer: Captured; unknown: readonly GpuField[] }> {
  const answer = await ask(gpuQuery(unknown));
  const refused = answer.exitCode === 0 ? undefined : refusedField(`${answer.stdout.toString("utf8")}\n${answer.stderr}`);
  if (refused === undefined || unknown.includes(refused)) return { answer, unknown };
  return askGpus(ask, [...unknown, refused]);
}

/** nvidia-smi explains itself on either output. */
function firstLine({ exitCode, stdout, stderr }: Captured): string {
  const said = `${stdout.toString("utf8")}\n${stderr}`.split("\n").find((line) => line.trim() !== "");
  return `${(said ?? "no message").trim().slice(0, 300)} (exit code ${exitCode})`;
}

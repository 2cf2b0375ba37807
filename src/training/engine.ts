import type { ShellResult } from "../processes/processes.ts";
import type { Preflight } from "./gpu/preflight.ts";
import type { TrainingFailure } from "./shell-outcome.ts";

/** Runs the commands of trainings elsewhere than on this machine. Implementations are in `engines/`. */
export interface Engine {
  /** What of this machine or of its setting keeps trainings from being handed over, before anything is. */
  check(): Promise<Preflight>;
  /**
   * Has one training done, or goes on with what an earlier request for the same one began. Never throws for what the command
   * or the engine does: that is an outcome.
   */
  run(job: EngineJob): Promise<EngineResult>;
}

/** One training's commands, and what they are given. */
export interface EngineJob {
  /** Requests for the same seed, with the same origin of the engine, are for the same training. */
  seed: number;
  /**
   * Prepares the commands and the files that they are run beside, for an engine that does not have the training already; or says
   * why they cannot be had.
   */
  work(): Promise<EngineWork | { failure: TrainingFailure }>;
  /** Declared paths, of which what the commands wrote is brought back. */
  outputs: readonly string[];
  /** Declared variables, and those that say of the training what it is. */
  env: Readonly<Record<string, string>>;
  /** Absolute, on this machine: gets the declared outputs when the commands ended well. */
  outputFolder: string;
  /** From when the engine has it, waiting for room included. */
  timeoutMinutes: number;
  /** Aborted when the job is cancelled; `reason` is the signal's name. */
  signal: AbortSignal;
  /** What the commands write, as it comes. */
  output: (chunk: string) => void;
  progress: (line: string) => void;
}

/** The same for every seed. Paths are relative to the working directory. */
export interface EngineWork {
  /** Absolute path of the working directory on this machine. */
  folder: string;
  files: readonly WorkFile[];
  setup: readonly string[];
  run: string;
  /** Of `ASSAY_DATA` and `ASSAY_PARAMS`, which are absolute where the command runs. */
  data: readonly string[];
  params: readonly string[];
  outputs: readonly string[];
}

/** Modes as git has them: `100644`, `100755`, `120000` of a link. */
export interface WorkFile {
  path: string;
  mode: string;
}

/** Whose training it is: what one of an origin began, the next may go on with. */
export interface EngineOrigin {
  /** `owner/name`. */
  repository: string;
  /** Path below which trainings may take each other's work, such as `pull/12`: nothing crosses over into a more trusted one. */
  scope: string;
  model: string;
  inputHash: string;
}

export interface EngineResult {
  /** How the engine calls it; undefined: it never got it. */
  job: string | undefined;
  end: EngineEnd;
  /** Which of the setup commands failed, counted from 1; undefined: the training command. */
  setupCommand?: number | undefined;
  /** Of the commands, where the engine knows. */
  startedAt?: string | undefined;
  seconds?: number | undefined;
}

type WithoutSeconds<Result> = Result extends ShellResult ? Omit<Result, "seconds"> : never;

export type EngineEnd =
  | WithoutSeconds<ShellResult>
  /** The engine, not the command, did not do what was asked; a sentence. */
  | { outcome: "lost"; message: string }
  /** The work could not be had. */
  | { outcome: "unprepared"; failure: TrainingFailure }
  /** It goes on without anybody waiting for it. */
  | { outcome: "handed-off" };

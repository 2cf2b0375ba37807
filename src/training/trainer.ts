import type { Training } from "../evidence/evidence.ts";

/** Trains one model with one seed. Implementations are in `trainers/`. Never throws for what the user's code does: that is an outcome. */
export interface Trainer {
  train(request: TrainingRequest): Promise<Training>;
}

export interface TrainingRequest {
  model: string;
  /** Absolute path of the model's working directory. */
  workingDirectory: string;
  /** Files that git tracks at and below the working directory; paths relative to it. */
  tracked: () => Promise<readonly { path: string; mode: string }[]>;
  /** Absolute, empty folder of this training: `model/` receives the model's files, `metrics.json` the self-reported numbers. */
  runFolder: string;
  /** Absolute folder for partial work, kept when the training does not complete; holds what an earlier attempt of it left. */
  checkpointFolder: string;
  /** Told by trainers of ours whenever the checkpoint folder holds a whole new checkpoint. */
  checkpointed: () => Promise<void>;
  /** Told by trainers that run a command of the user's when it has ended and all that it wrote is still there. */
  commandEnded?: (() => Promise<void>) | undefined;
  seed: number;
  /** The declared environment variables with their values. */
  env: Readonly<Record<string, string>>;
  timeoutMinutes: number;
  /** Aborted when the job is cancelled; `reason` is the signal's name. */
  signal: AbortSignal;
  /** Where the trainer's own output goes, as it comes. */
  output: (chunk: string) => void;
  progress: (line: string) => void;
}

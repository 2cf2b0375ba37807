import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { Model } from "../spec/spec.ts";
import type { TrainingFailure } from "./shell-outcome.ts";

/** What every trainer is made with. */
export interface TrainerSetting {
  model: Model;
  processes: Processes;
  files: Files;
  /** Brings training data here after setup, by a command that it is given to run. */
  obtainData?:
    | ((run: (command: string) => Promise<TrainingFailure | undefined>) => Promise<TrainingFailure | undefined>)
    | undefined;
  /** Environment from which commands get what programs need. */
  environment: Readonly<Record<string, string | undefined>>;
}

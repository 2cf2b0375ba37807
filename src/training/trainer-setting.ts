import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { Model } from "../spec/spec.ts";

/** What every trainer is made with. */
export interface TrainerSetting {
  model: Model;
  processes: Processes;
  files: Files;
  /** Environment from which commands get what programs need. */
  environment: Readonly<Record<string, string | undefined>>;
}

import type { Source } from "../evidence/evidence.ts";
import type { Files } from "../files/files.ts";
import type { Git } from "../git/git.ts";
import type { Processes } from "../processes/processes.ts";
import type { JobFiles } from "./job-files.ts";

/** What a flow that touches the machine is given. */
export interface Machine {
  files: Files;
  git: Git;
  processes: Processes;
  jobFiles: JobFiles;
  /** Environment of this process, from which declared names are passed on. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Values that a workflow gives for names that `train.env` declares, before those of `environment`; nothing else sees them. */
  secrets?: Readonly<Record<string, string>>;
  /** Aborted when the job is cancelled; `reason` is the signal's name. */
  signal: AbortSignal;
  /** The user's commands, as they come. */
  output: (chunk: string) => void;
  /** One line about what goes on. */
  progress: (line: string) => void;
  now: () => Date;
  /** File that says which training is not over, for who comes after this process was killed; undefined when nobody does. */
  unfinishedFile?: string | undefined;
  /** Read access to the repository, for commits and files that the clone lacks. */
  token?: string | undefined;
}

/** Facts about the run that go into evidence; the commit is added by the flow. */
export type RunIdentity = Omit<Source, "commit">;

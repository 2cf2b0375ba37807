import { capture } from "./capture.ts";
import type { Processes } from "./processes.ts";
import { shell } from "./shell.ts";

/** Child processes of this machine. */
export function createNodeProcesses(): Processes {
  return { capture, shell };
}

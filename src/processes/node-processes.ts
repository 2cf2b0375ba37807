import { capture } from "./capture.ts";
import { converse } from "./converse.ts";
import type { Processes } from "./processes.ts";
import { endLeftover, endLeftovers } from "./run-mark.ts";
import { shell } from "./shell.ts";

/** Child processes of this machine. */
export function createNodeProcesses(): Processes {
  return { capture, converse, shell, endLeftover, endLeftovers };
}

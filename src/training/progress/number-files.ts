import type { History } from "./history.ts";
import type { Reading } from "./read-line.ts";

/** Files that a trainer writes its numbers to besides its output. */
export interface NumberFiles {
  /** Reads what was written since; what it says of the latest step, undefined when there is nothing new. Never rejects. */
  poll(options: { last: boolean }): Promise<Reading | undefined>;
  history(): History | undefined;
}

import { randomUUID } from "node:crypto";
import { endGroup, startGroup } from "@actions/core";

/**
 * Runs work whose output is the repository's own, folded under a title. Until it ends the runner takes no commands from the log,
 * so that a line such as `::error::` or `::add-mask::` in a trainer's output is only a line.
 */
export async function withUntrustedOutput<T>(title: string, work: () => Promise<T>): Promise<T> {
  const resume = randomUUID();
  startGroup(title);
  process.stdout.write(`::stop-commands::${resume}\n`);
  try {
    return await work();
  } finally {
    process.stdout.write(`\n::${resume}::\n`);
    endGroup();
  }
}

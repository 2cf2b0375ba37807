import type { Command } from "commander";
import type { ExitCode } from "../errors/errors.ts";

/** Adds a verb; `finish` receives its exit code. */
export type AddCommand = (program: Command, finish: (code: ExitCode) => void) => void;

/** Help starts with what to type. */
export function examples(lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}

import * as core from "@actions/core";
import { AssayError, ConfigError, exitCodes } from "../../src/errors/errors.ts";
import { hideEnvironment } from "../../src/processes/hide-environment.ts";

/** Inputs, secrets among them, and the tokens of the run: for the action itself, and for nothing that it starts. */
const actionsOwn = /^(INPUT|ACTIONS|STATE)_/;

/** The one failure boundary of an action: whatever ends it early becomes a red step with a message that says what to do. */
export async function runAction(action: () => Promise<void>): Promise<void> {
  const readable = hideEnvironment(actionsOwn);
  if (readable !== undefined)
    core.warning(`Commands of the repository may read this step's inputs in /proc while it runs: ${readable}.`);
  try {
    await action();
  } catch (error) {
    if (error instanceof ConfigError)
      for (const { position, path, message, fix } of error.diagnostics)
        core.error(`${message} ${fix}`, {
          title: path,
          file: position.file,
          startLine: position.line,
          startColumn: position.column,
        });
    if (error instanceof AssayError) {
      core.setFailed(error.message);
      process.exitCode = error.exitCode;
      return;
    }
    core.setFailed(
      `This is a bug in Assay, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exitCode = exitCodes.bug;
  }
}

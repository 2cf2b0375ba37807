import { Command, CommanderError } from "commander";
import { AssayError, type ExitCode, exitCodes } from "../errors/errors.ts";
import { type AddCommand, examples } from "./command.ts";
import { addCompare } from "./commands/compare.ts";
import { addDemo } from "./commands/demo.ts";
import { addEvaluate } from "./commands/evaluate.ts";
import { addGate } from "./commands/gate.ts";
import { addPlan } from "./commands/plan.ts";
import { addReport } from "./commands/report.ts";
import { addTrain } from "./commands/train.ts";
import { addValidate } from "./commands/validate.ts";

const commands: readonly AddCommand[] = [addDemo, addValidate, addPlan, addTrain, addEvaluate, addCompare, addGate, addReport];

/** Runs the `assay` command. @returns its exit code; nothing is thrown */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.pass;
  const program = new Command("assay")
    .description("CI/CD for machine-learning models on GitHub.")
    .addHelpText(
      "before",
      examples(["assay demo", "assay validate", "assay plan", "assay train && assay evaluate && assay report"]),
    )
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true });
  for (const add of commands) add(program, (result) => (code = result));
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): ExitCode {
  // Commander has printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.pass : exitCodes.usage;
  if (error instanceof AssayError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a bug in Assay, please report it with what follows.\n${detail}\n`);
  return exitCodes.bug;
}

import { Command, CommanderError } from "commander";
import { AssayError, type ExitCode, exitCodes } from "../errors/errors.ts";
import { type AddCommand, examples } from "./command.ts";

/** Only the verb that is asked for is loaded; help names all of them, in this order. */
const verbs: Readonly<Record<string, () => Promise<AddCommand>>> = {
  demo: async () => (await import("./commands/demo.ts")).addDemo,
  init: async () => (await import("./commands/init.ts")).addInit,
  validate: async () => (await import("./commands/validate.ts")).addValidate,
  plan: async () => (await import("./commands/plan.ts")).addPlan,
  train: async () => (await import("./commands/train.ts")).addTrain,
  evaluate: async () => (await import("./commands/evaluate.ts")).addEvaluate,
  compare: async () => (await import("./commands/compare.ts")).addCompare,
  drift: async () => (await import("./commands/drift.ts")).addDrift,
  monitor: async () => (await import("./commands/monitor.ts")).addMonitor,
  quality: async () => (await import("./commands/quality.ts")).addQuality,
  gate: async () => (await import("./commands/gate.ts")).addGate,
  report: async () => (await import("./commands/report.ts")).addReport,
  registry: async () => (await import("./commands/registry.ts")).addRegistry,
  promote: async () => (await import("./commands/promote.ts")).addPromote,
  verify: async () => (await import("./commands/verify.ts")).addVerify,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctor,
};

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
  const [first = ""] = args;
  const asked = Object.hasOwn(verbs, first) ? verbs[first] : undefined;
  for (const load of asked ? [asked] : Object.values(verbs)) (await load())(program, (result) => (code = result));
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

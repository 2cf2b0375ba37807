import { exitCodeOf } from "../../flows/exit-code.ts";
import { type AddCommand, examples } from "../command.ts";
import { gatesTable } from "../gates-table.ts";
import type { WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson } from "../terminal.ts";
import { judgeWorkspace, openWorkspace } from "../workspace.ts";

/** `assay gate`: the verdict on what was evaluated. */
export const addGate: AddCommand = (program, finish) => {
  program
    .command("gate")
    .description("Judge evaluated models by the gates of the base commit's assay.yml. Exit code: 0 pass, 1 fail, 3 inconclusive.")
    .option("--base <revision>", "commit to compare with")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--json", "print the verdict as JSON")
    .addHelpText("before", examples(["assay train && assay evaluate && assay gate", "assay gate --json"]))
    .action(async (options: WorkspaceOptions & { json?: boolean }) => {
      const report = await judgeWorkspace(await openWorkspace(options));
      if (options.json) printJson({ schema: "assay.verdict/v1", verdict: report.verdict, models: report.models });
      else print(gatesTable(report));
      finish(exitCodeOf(report));
    });
};

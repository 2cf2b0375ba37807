import { planMatrix, planSelections } from "../../plan/matrix.ts";
import { renderPlan } from "../../plan/render-plan.ts";
import { type AddCommand, examples } from "../command.ts";
import { planWorkspace, type WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson, progress } from "../terminal.ts";

/** `assay plan`: what has to be trained, and why. */
export const addPlan: AddCommand = (program) => {
  program
    .command("plan")
    .description("Say which models must be trained or evaluated, and why. Trains nothing.")
    .option("--base <revision>", "commit to compare with; default: where this branch left the default branch")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--json", "print the plan and the job matrix as JSON")
    .addHelpText("before", examples(["assay plan", "assay plan --base v1.2.0", "assay plan --json"]))
    .action(async (options: WorkspaceOptions & { json?: boolean }) => {
      const { plan, found } = await planWorkspace(options);
      if (options.json) return printJson({ ...plan, matrix: planMatrix(plan), selections: planSelections(plan) });
      progress(found.explanation);
      print(renderPlan(plan));
    });
};

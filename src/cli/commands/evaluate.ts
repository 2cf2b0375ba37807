import { exitCodes } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { evaluateChange } from "../../flows/evaluate-change.ts";
import { failureOf } from "../../flows/failure.ts";
import { plannedModel } from "../../flows/train-planned.ts";
import { type AddCommand, examples } from "../command.ts";
import { metricsTable } from "../metrics-table.ts";
import type { WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson } from "../terminal.ts";
import { openWorkspace } from "../workspace.ts";

/** `assay evaluate`: scores candidate and baseline on the same rows. */
export const addEvaluate: AddCommand = (program, finish) => {
  program
    .command("evaluate")
    .description("Score trained models and their baselines on the same test rows, and seal the evidence.")
    .argument("[models...]", "names from assay.yml; default: all")
    .option("--base <revision>", "commit to compare with")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--json", "print the sealed evidence as JSON")
    .addHelpText("before", examples(["assay train && assay evaluate", "assay evaluate fraud --json"]))
    .action(async (models: string[], options: WorkspaceOptions & { json?: boolean }) => {
      const { machine, records, plan, spec, base } = await openWorkspace(options);
      const law = base ?? { commit: plan.commit, spec };
      const sealed: Evidence[] = [];
      for (const name of models.length > 0 ? models : plan.models.map(({ model }) => model))
        sealed.push(await evaluateChange({ planned: plannedModel(plan, name), spec, law, base }, machine, records));
      if (options.json) printJson({ schema: "assay.evaluation/v1", evidence: sealed });
      else
        for (const evidence of sealed)
          print(failureOf(evidence) ? `${evidence.model}: ${failureOf(evidence)}` : metricsTable(evidence));
      if (sealed.some(failureOf)) finish(exitCodes.userCommand);
    });
};

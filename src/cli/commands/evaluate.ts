import { AssayError, UsageError } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { evaluateFile } from "../../flows/compare-files.ts";
import { evaluatePlanned } from "../../flows/evaluate-planned.ts";
import { failureCodeOf, failureOf } from "../../flows/failure.ts";
import { plannedModel } from "../../plan/planned-model.ts";
import { type AddCommand, examples } from "../command.ts";
import { metricsTable } from "../metrics-table.ts";
import { evaluationText } from "../plain-files/evaluation-text.ts";
import { evaluationJson } from "../plain-files/plain-json.ts";
import { addPlainOptions, type PlainOptions, plainOptionsGiven, plainRequest } from "../plain-files/plain-options.ts";
import { pageOfEvaluation, writePage } from "../plain-files/write-page.ts";
import type { WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson, progress } from "../terminal.ts";
import { openWorkspace } from "../workspace.ts";

type Options = WorkspaceOptions & PlainOptions & { predictions?: string; json?: boolean };

/** `assay evaluate`: scores candidate and baseline on the same rows, or evaluates a file of predictions. */
export const addEvaluate: AddCommand = (program, finish) => {
  const command = program
    .command("evaluate")
    .description(
      "Score trained models and their baselines on the same test rows, and seal the evidence; or with --predictions evaluate a " +
        "file of predictions, without assay.yml.",
    )
    .argument("[models...]", "names from assay.yml; default: all")
    .option("--base <revision>", "commit to compare with")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--predictions <file>", "a file of predictions or scores, which needs no assay.yml; the options below are about it");
  addPlainOptions(command)
    .addHelpText(
      "before",
      examples([
        "assay train && assay evaluate",
        "assay evaluate fraud --json",
        "assay evaluate --task binary --predictions p.csv --data test.csv --id id --target target --positive 1",
        "assay evaluate --predictions samples_gsm8k.jsonl --page report.html",
      ]),
    )
    .action(async (models: string[], options: Options) => {
      if (options.predictions !== undefined) return evaluatePredictions(options.predictions, models, options);
      checkWorkspaceUse(options);
      const { machine, records, plan, spec, base, ...workspace } = await openWorkspace(options);
      const law = base ?? { commit: plan.commit, spec };
      const sealed: Evidence[] = [];
      const failures: AssayError[] = [];
      for (const planned of models.length > 0 ? models.map((name) => plannedModel(plan, name)) : plan.models) {
        try {
          sealed.push(await evaluatePlanned({ ...workspace, planned, spec, law, base }, machine, records));
        } catch (error) {
          // The other models are evaluated all the same.
          if (!(error instanceof AssayError)) throw error;
          failures.push(error);
        }
      }
      if (options.json) printJson({ schema: "assay.evaluation/v1", evidence: sealed });
      else
        for (const evidence of sealed)
          print(failureOf(evidence) ? `${evidence.model}: ${failureOf(evidence)}` : metricsTable(evidence));
      for (const { message } of failures) progress(message);
      if (failures[0]) finish(failures[0].exitCode);
      const failed = sealed.filter(failureOf);
      if (failed.length > 0) finish(failureCodeOf(failed));
    });
};

async function evaluatePredictions(predictions: string, models: readonly string[], options: Options): Promise<void> {
  if (models.length > 0)
    throw new UsageError(
      `--predictions evaluates one file, but ${models.join(", ")} was named too. To compare files: assay compare ${predictions} ${models.join(" ")}`,
    );
  const ofWorkspace = (["base", "spec"] as const).find((name) => options[name] !== undefined);
  if (ofWorkspace !== undefined)
    throw new UsageError(
      `--${ofWorkspace} is about the models of a repository, and --predictions about a file that needs none. Leave one of the two out.`,
    );
  const files = createNodeFiles();
  const evaluated = await evaluateFile(predictions, plainRequest(options, [predictions]), files);
  if (options.page !== undefined) await writePage(options.page, pageOfEvaluation(evaluated), files);
  if (options.json) printJson(evaluationJson(evaluated));
  else print(evaluationText(evaluated));
}

/** What is said of a file says nothing of a workspace, where assay.yml declares it. */
function checkWorkspaceUse(options: Options): void {
  const given = plainOptionsGiven(options)[0];
  if (given !== undefined)
    throw new UsageError(
      `${given} is about a file of predictions: add --predictions <file>. For the models of a repository it is declared in assay.yml.`,
    );
}

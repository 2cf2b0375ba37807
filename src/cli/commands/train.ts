import { exitCodes } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { trainPlanned, unfinishedRuns } from "../../flows/train-planned.ts";
import type { PlannedModel } from "../../plan/plan.ts";
import { plannedModel } from "../../plan/planned-model.ts";
import { type AddCommand, examples } from "../command.ts";
import type { WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson } from "../terminal.ts";
import { ignoreWorkspaceFolder, openWorkspace } from "../workspace.ts";

/** `assay train`: trains here what has no run yet, the baseline too. */
export const addTrain: AddCommand = (program, finish) => {
  program
    .command("train")
    .description("Train models here, and the baselines they are compared with. Runs are kept in .assay/ and not trained twice.")
    .argument("[models...]", "names from assay.yml; default: all")
    .option("--base <revision>", "commit to compare with")
    .option("--spec <file>", "path of assay.yml in the repository")
    .option("--force", "train again although there is a run of the same inputs")
    .option("--json", "print the runs' evidence as JSON")
    .addHelpText("before", examples(["assay train", "assay train fraud --base main", "assay train --force"]))
    .action(async (models: string[], options: WorkspaceOptions & { force?: boolean; json?: boolean }) => {
      const workspace = await openWorkspace({ ...options, asked: true });
      const { machine, plan } = workspace;
      await ignoreWorkspaceFolder(machine);
      const trained: Evidence[] = [];
      const unfinished: Evidence[] = [];
      for (const name of models.length > 0 ? models : plan.models.map(({ model }) => model)) {
        const planned = options.force ? trainedAgain(plannedModel(plan, name)) : plannedModel(plan, name);
        const request = { ...workspace, model: name, plan: { ...plan, models: [planned] } };
        const runs = await trainPlanned(request, machine);
        trained.push(...runs);
        unfinished.push(...unfinishedRuns(request, runs));
      }
      if (options.json) printJson({ schema: "assay.training/v1", runs: trained });
      else for (const evidence of trained) print(describe(evidence));
      if (unfinished.length > 0) finish(unfinished.every(isUnfit) ? exitCodes.usage : exitCodes.userCommand);
    });
};

/** Although there are runs of the same inputs. */
function trainedAgain(planned: PlannedModel): PlannedModel {
  const { candidate } = planned;
  const again = { decision: "train", because: ["asked for by hand"], run: undefined } as const;
  const points = candidate.points?.map((point) => ({ ...point, decision: "train" as const, run: undefined }));
  return { ...planned, candidate: { ...candidate, ...(candidate.decision === "train" ? {} : again), points } };
}

/** Not the user's command failed: the machine lacks what is declared. */
function isUnfit({ trainings }: Evidence): boolean {
  return trainings.some(({ unfit }) => unfit);
}

function describe({ model, trainings }: Evidence): string {
  return trainings
    .map(({ outcome, message, durationSeconds, seed, backend }) =>
      outcome === "completed"
        ? `${model}: trained in ${durationSeconds.toFixed(1)} s (seed ${seed ?? "none"}${backend ? `, ${backend.used}` : ""})`
        : `${model}: ${outcome}: ${message ?? ""}`,
    )
    .join("\n");
}

import type { ChosenTables } from "./choose-tables.ts";
import { isAtOrBelow } from "./dvc-pipeline.ts";
import type { RepositoryFacts } from "./facts.ts";
import type { Outputs } from "./outputs.ts";
import { namesTable, type TrainingUnit } from "./training-unit.ts";

/** What to know beside the file, a sentence each. */
export function notesOf(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  { test, train }: ChosenTables,
  { artefacts, model }: Outputs,
  environment: string | undefined,
): string[] {
  const uses = (what: "mlflow" | "gpu") => unit.related.some((script) => script.uses[what]);
  const name = unit.script?.path ?? "the training";
  const others = artefacts.filter((path) => path !== model);
  const unread = [...train, ...(test ? [test] : [])].filter(({ content }) => content === undefined);
  return [
    environment === undefined
      ? `Nothing pins the packages of ${name}: write requirements.txt or a lock file, and name it under setup and environment.`
      : undefined,
    ...unread.map(({ path, unread }) => `${path} was not looked into: ${unread}.`),
    test?.kept === "stage" && ![...facts.locked].some((path) => isAtOrBelow(test.path, path))
      ? `dvc.lock has no md5 of ${test.path}: run dvc repro and commit dvc.lock, so that it is known which rows a model was judged on.`
      : undefined,
    test?.kept === "stage"
      ? `${test.path} is made by a stage and not tracked: commit it, or a run that is reused has no test set.`
      : undefined,
    test !== undefined && unit.stages.length === 0 && namesTable(unit, test.path)
      ? `${name} names ${test.path} itself. If it stops or chooses by those rows they flatter the model: hold out others for the test set.`
      : undefined,
    others.length > 0
      ? `${name} also writes ${others.join(", ")}, which is not kept: let it save one file or one folder if scoring needs both.`
      : undefined,
    uses("mlflow")
      ? `${name} logs to MLflow. To keep that in pull requests give train.env: [MLFLOW_TRACKING_URI] and the secret.`
      : undefined,
    uses("gpu")
      ? `${name} can use a GPU. Name your machine by train.runner, such as [self-hosted, gpu], and write gpus: 1.`
      : undefined,
    unit.stages.length === 0 && facts.stages.length > 0 ? "dvc.yaml has no stage that is seen to train." : undefined,
  ].filter((note) => note !== undefined);
}

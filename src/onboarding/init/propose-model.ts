import { type ChosenTables, chooseTables } from "./choose-tables.ts";
import type { RepositoryFacts } from "./facts.ts";
import { codeInputs, dataInputs, paramsInputs } from "./inputs.ts";
import { type Judged, judgeTarget } from "./judging.ts";
import { notesOf } from "./notes.ts";
import { findOutputs, type Outputs } from "./outputs.ts";
import { howToPredict, type Predicting } from "./predicting.ts";
import { type Entry, type ModelProposal, map, missing, value } from "./proposal.ts";
import { gatesAndMetrics } from "./propose-gates.ts";
import { setupCommands, trainCommand } from "./run-command.ts";
import { fromFolder, type TrainingUnit } from "./training-unit.ts";

/** One model of `assay.yml`, from what is known of its training. Pure. */
export function proposeModel(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  name: Pick<ModelProposal, "name" | "why">,
): ModelProposal {
  const tables = chooseTables(unit, facts);
  const outputs = findOutputs(unit);
  const judged = judgeTarget(unit, tables);
  const predicting = howToPredict(unit, facts, outputs, tables, judged);
  const setup = setupCommands(unit, facts);
  const entries = [
    judged.task
      ? value("task", judged.task.name, judged.task.why)
      : missing("task", "binary, multiclass or regression: what the model predicts"),
    map("train", trainEntries(unit, facts, outputs, tables, setup)),
    map("evaluate", evaluateEntries(unit, facts, tables, judged, predicting)),
    dataEntry(tables),
    gatesAndMetrics(judged, tables.test?.content?.rows, predicting.probabilities).gates,
  ].filter((entry) => entry !== undefined);
  return {
    ...name,
    entries,
    files: predicting.files,
    notes: [...notesOf(unit, facts, tables, outputs, setup.file), ...predicting.notes],
  };
}

function evaluateEntries(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  tables: ChosenTables,
  judged: Judged,
  predicting: Predicting,
): (Entry | undefined)[] {
  const { test, target, aboutTest } = tables;
  const { metrics } = gatesAndMetrics(judged, test?.content?.rows, predicting.probabilities);
  return [
    test ? value("data", testPath(test.path, test.kept, facts, unit), aboutTest) : missing("data", aboutTest),
    predicting.id === undefined ? undefined : value("id", predicting.id, "no two rows have the same value in it."),
    target ? value("target", target.name, target.why) : missing("target", `the column with the truth${columnsOf(tables)}`),
    judged.positive && value("positive", judged.positive.label, judged.positive.why),
    predicting.onnx && judged.labels.length > 1
      ? value("classes", judged.labels, "the order of the model's outputs: sorted, as scikit-learn's model.classes_.")
      : undefined,
    predicting.entry,
    metrics,
  ];
}

function dataEntry({ train, test }: ChosenTables): Entry | undefined {
  const isPulled = [...train, ...(test ? [test] : [])].some(({ kept }) => kept === "dvc-file");
  return isPulled
    ? map("data", [value("pull", "dvc", "DVC keeps tables of it; they are pulled where they are needed.")])
    : undefined;
}

function columnsOf({ test, train }: ChosenTables): string {
  const columns = (test?.content ?? train[0]?.content)?.columns.map(({ name }) => name) ?? [];
  return columns.length === 0 ? "" : `, one of ${columns.slice(0, 30).join(", ")}`;
}

function trainEntries(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  { model, metrics }: Outputs,
  tables: ChosenTables,
  setup: ReturnType<typeof setupCommands>,
): (Entry | undefined)[] {
  const command = trainCommand(unit, facts, {
    train: tables.train.map(({ path }) => path),
    heldOut: tables.heldOut.map(({ path }) => path),
    model,
  });
  const here = (path: string) => fromFolder(path, unit.folder);
  const data = dataInputs(unit, facts, tables).map(here);
  const params = paramsInputs(unit, facts);
  const code = codeInputs(unit, facts, [model, metrics]);
  return [
    unit.folder === "." ? undefined : value("working-directory", unit.folder, "its script and its data lie there."),
    "problem" in command ? missing("run", command.problem) : value("run", command.run, command.why),
    setup.commands.length > 0 ? value("setup", setup.commands, setup.file && `${setup.file} says what it needs.`) : undefined,
    map("inputs", [
      code,
      data.length > 0
        ? value("data", data, unit.stages.length > 0 ? "what the stages read and none of them makes." : "the script reads it.")
        : undefined,
      params,
      setup.file === undefined ? undefined : value("environment", [here(setup.file)]),
    ]),
    map("outputs", [
      model === undefined
        ? missing("model", "the file or folder that the training leaves its model in")
        : value(
            "model",
            here(model),
            unit.stages.length > 0 ? "an output of the last stage." : "the script saves its model there.",
          ),
      metrics === undefined
        ? undefined
        : value("metrics", here(metrics), "numbers that the training writes itself; they are shown as its own word."),
    ]),
  ].filter((entry) => entry === undefined || !("entries" in entry.content) || entry.content.entries.length > 0);
}

/** A `.dvc` file stands for the file that it names. */
function testPath(path: string, kept: string, { tracked }: RepositoryFacts, unit: TrainingUnit): string {
  return fromFolder(kept === "dvc-file" && tracked.has(`${path}.dvc`) ? `${path}.dvc` : path, unit.folder);
}

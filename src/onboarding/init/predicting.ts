import { posix } from "node:path";
import type { ChosenTables } from "./choose-tables.ts";
import type { RepositoryFacts } from "./facts.ts";
import { idColumn, type Judged, listedFeatures } from "./judging.ts";
import type { Outputs } from "./outputs.ts";
import { findPredictCommand } from "./predict-command.ts";
import { predictScript, predictScriptName } from "./predict-script.ts";
import { type Entry, missing, value } from "./proposal.ts";
import { fromFolder, type TrainingUnit } from "./training-unit.ts";

/** How rows come to predictions. */
export interface Predicting {
  entry: Entry;
  /** Whether scores or probabilities come with the labels. */
  probabilities: boolean;
  id: string | undefined;
  /** Assay's own scorer needs the order of the classes. */
  onnx: boolean;
  files: ReadonlyMap<string, string>;
  notes: readonly string[];
}

export function howToPredict(
  unit: TrainingUnit,
  facts: RepositoryFacts,
  { model, artefacts }: Outputs,
  tables: ChosenTables,
  judged: Judged,
): Predicting {
  const id = idColumn(tables);
  const nothing = { files: new Map(), notes: [], onnx: false };
  if (model?.endsWith(".onnx")) {
    const features = listedFeatures(unit, tables, id);
    const why = `Assay scores ONNX itself${features ? "; a script lists these columns" : ", by every column but id and target in the table's order"}.`;
    const entry = value("predict", { onnx: fromFolder(model, unit.folder), ...(features ? { features } : {}) }, why);
    return { ...nothing, entry, id, onnx: true, probabilities: true };
  }
  const command = model === undefined ? undefined : findPredictCommand(unit, facts, model, artefacts);
  if (command?.kind === "command") {
    const { script, run, why, notes } = command;
    return {
      entry: value("predict", { run }, why),
      // Rows are told apart by their number where the script writes no id.
      id: script.quotes("id") ? id : undefined,
      probabilities:
        script.quotes("score") ||
        /proba_/.test(run) ||
        script.quotes("proba_") ||
        judged.labels.some((label) => script.quotes(`proba_${label}`)),
      onnx: false,
      files: new Map(),
      notes,
    };
  }
  const { script } = unit;
  if (
    model !== undefined &&
    script?.uses.pickle &&
    script.uses.scikitLearn &&
    artefacts.length === 1 &&
    /\.(?:pkl|pickle|joblib)$/.test(model)
  ) {
    const path = posix.join(posix.dirname(script.path), predictScriptName);
    const python = facts.tracked.has("uv.lock")
      ? "uv run python"
      : facts.tracked.has("poetry.lock")
        ? "poetry run python"
        : "python";
    const run = `${python} ${fromFolder(path, unit.folder)} {model} {data} {out}${id === undefined ? "" : ` ${shellWord(id)}`}`;
    return {
      entry: value("predict", { run }, `${command?.why ?? "nothing here scores rows"}, so this one was written beside it.`),
      id,
      probabilities: judged.task?.name !== "regression" && script.task === "classification" && !/\bSVC\b/.test(script.path),
      onnx: false,
      files: new Map([[path, predictScript]]),
      notes: [`Commit ${path} too, and read it: it asks the pickled model about the columns that it was fitted with.`],
    };
  }
  const what = `how rows are scored: {onnx: a file}, or {run: a command with {model}, {data} and {out}}${command ? `; ${command.why}` : ""}`;
  return { ...nothing, entry: missing("predict", what), id, probabilities: false };
}

function shellWord(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

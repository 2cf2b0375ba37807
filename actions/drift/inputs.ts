import { calendarCycles } from "../../src/data/dataset/calendar.ts";
import { periods } from "../../src/data/periods.ts";
import { UsageError } from "../../src/errors/errors.ts";
import type { LiveDataRequest, LiveReference } from "../../src/flows/compare-live-data.ts";
import { driftPresets } from "../../src/flows/compare-tables.ts";
import { type DriftSettings, parseDriftOptions } from "../../src/flows/drift-options.ts";
import { booleanInput, linesInput, optionalInput, requiredInput, tokenInput } from "../runtime/inputs.ts";
import { monitorInput } from "./monitor-inputs.ts";
import { called, choiceInput, countInput, wrong } from "./option-inputs.ts";

/** `name`: there is one issue a name. */
export interface DriftInputs extends LiveDataRequest {
  readonly issue: boolean;
  readonly retraining: Retraining | undefined;
  readonly failOnDrift: boolean;
  readonly token: string | undefined;
}

interface Retraining {
  /** Name of the file. */
  readonly workflow: string;
  readonly inputs: Readonly<Record<string, string>>;
}

export function loadInputs(): DriftInputs {
  const reference = referenceInput();
  const issue = booleanInput("issue");
  const retraining = retrainingInput();
  if (retraining && !issue)
    throw new UsageError(
      "Input `retrain-workflow` needs `issue: true`: the issue remembers that a retraining was started, so that it is started once.",
    );
  return {
    reference,
    current: requiredInput("current"),
    monitored: monitorInput(),
    name: optionalInput("name") ?? nameOf(reference),
    issue,
    retraining,
    failOnDrift: booleanInput("fail-on-drift"),
    token: tokenInput(),
  };
}

function nameOf(reference: LiveReference): string {
  if ("path" in reference) return reference.path;
  return reference.table === undefined ? reference.model : `${reference.model}, ${reference.table}`;
}

const settings = [
  ...["preset", "exclude", "types", "weights", "embeddings", "same", "same-by"],
  ...["chunk-size", "chunk-by", "chunk-period", "max-drifted"],
];

function referenceInput(): LiveReference {
  const model = optionalInput("model");
  const path = optionalInput("reference");
  if (model !== undefined) {
    const given = settings.find((name) => optionalInput(name) !== undefined);
    if (given !== undefined)
      throw new UsageError(
        `Input \`${given}\` goes without \`model\`: of a model it is read from assay.yml, \`models.${model}.drift\`.`,
      );
    if (flag("together"))
      throw new UsageError(
        "Input `together` goes without `model`, of which a profile is kept and no rows: name a table as `reference` instead.",
      );
    return { model, table: path, spec: optionalInput("spec") };
  }
  if (path === undefined)
    throw new UsageError(
      "Neither `model` nor `reference` is given. Set one under `with:` in the workflow: a model of assay.yml, or the path of a table or profile.",
    );
  return {
    path,
    preset: choiceInput("preset", driftPresets) ?? "assay",
    ...settingsInput(),
    maxDrifted: allowedInput("max-drifted"),
    together: flag("together"),
  };
}

function settingsInput(): DriftSettings {
  const written = {
    ...{ exclude: linesInput("exclude"), types: linesInput("types"), weights: linesInput("weights") },
    ...{ embeddings: linesInput("embeddings"), same: choiceInput("same", calendarCycles), sameBy: optionalInput("same-by") },
    ...{ chunkSize: countInput("chunk-size"), chunkBy: optionalInput("chunk-by") },
    chunkPeriod: choiceInput("chunk-period", periods),
  };
  return parseDriftOptions(written, called);
}

function flag(name: string): boolean {
  return optionalInput(name) !== undefined && booleanInput(name);
}

/** So many columns may have drifted. */
function allowedInput(name: string): number {
  const written = optionalInput(name) ?? "0";
  if (!/^\d{1,5}$/.test(written)) throw wrong(name, written, "a whole number from 0 to 99999");
  return Number(written);
}

/** GitHub's own limit. */
const maxInputs = 25;

function retrainingInput(): Retraining | undefined {
  const workflow = optionalInput("retrain-workflow");
  const pairs = linesInput("retrain-inputs");
  if (workflow === undefined) {
    if (pairs.length > 0)
      throw new UsageError("Input `retrain-inputs` is given and `retrain-workflow` is not: name the workflow's file.");
    return undefined;
  }
  if (!/^[\w.-]+\.ya?ml$/.test(workflow))
    throw wrong("retrain-workflow", workflow, "the name of a file in .github/workflows, without the folder: retrain.yml");
  if (pairs.length > maxInputs) throw wrong("retrain-inputs", `${pairs.length} lines`, `at most ${maxInputs}, as GitHub takes`);
  return { workflow, inputs: Object.fromEntries(pairs.map(workflowInput)) };
}

function workflowInput(pair: string): [string, string] {
  const [, name, value] = /^([A-Za-z_][\w-]*)=(.*)$/.exec(pair) ?? [];
  if (name === undefined || value === undefined) throw wrong("retrain-inputs", pair, "a line as name=value");
  return [name, value];
}

import { periods } from "../../src/data/periods.ts";
import { UsageError } from "../../src/errors/errors.ts";
import type { MonitorFilesRequest } from "../../src/flows/monitor-files.ts";
import { parseScores, parseWindows } from "../../src/flows/monitor-options.ts";
import { optionalInput } from "../runtime/inputs.ts";
import { called, choiceInput, countInput, wrong } from "./option-inputs.ts";

const needed = ["predictions-reference", "label", "prediction"] as const;
const optional = [
  "score",
  "task",
  "positive",
  "metrics",
  "order",
  "window-rows",
  "windows",
  "by",
  "period",
  "tolerance",
] as const;
const tasks = ["binary", "multiclass", "regression"] as const;

/** As of `assay monitor`. */
const defaults = { windows: 10, tolerance: "0.01" };

/** A model in use, looked at beside its data. */
export function monitorInput(): MonitorFilesRequest | undefined {
  const current = optionalInput("predictions");
  if (current === undefined) {
    const given = [...needed, ...optional].find((name) => optionalInput(name) !== undefined);
    if (given === undefined) return undefined;
    throw new UsageError(
      `Input \`${given}\` is about \`predictions\`, which is not given: the table of what the model said since.`,
    );
  }
  const task = choiceInput("task", tasks);
  return {
    current,
    ...{ reference: required("predictions-reference"), label: required("label"), prediction: required("prediction") },
    scores: parseScores(optionalInput("score"), task, called),
    ...{ task, positive: optionalInput("positive"), metrics: optionalInput("metrics"), order: optionalInput("order") },
    windows: parseWindows(
      {
        rows: countInput("window-rows"),
        number: countInput("windows") ?? defaults.windows,
        by: optionalInput("by"),
        period: choiceInput("period", periods),
      },
      called,
    ),
    tolerance: toleranceInput(),
    called,
  };
}

function required(name: (typeof needed)[number]): string {
  const value = optionalInput(name);
  if (value !== undefined) return value;
  throw new UsageError(`Input \`${name}\` is empty, and \`predictions\` need it. Set it under \`with:\` in the workflow.`);
}

function toleranceInput(): number {
  const written = optionalInput("tolerance") ?? defaults.tolerance;
  const value = Number(written);
  if (written.trim() !== "" && value >= 0 && value < 1) return value;
  throw wrong("tolerance", written, "a number from 0 to below 1");
}

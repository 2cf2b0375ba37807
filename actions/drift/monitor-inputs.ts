import { periods } from "../../src/data/periods.ts";
import { UsageError } from "../../src/errors/errors.ts";
import type { MonitorFilesRequest } from "../../src/flows/monitor-files.ts";
import { parseScores, parseWindows } from "../../src/flows/monitor-options.ts";
import { optionalInput } from "../runtime/inputs.ts";

const needed = ["predictions-reference", "label", "prediction"] as const;
const optional = ["score", "task", "positive", "metrics", "order", "window-rows", "by", "period", "tolerance"] as const;
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
  const task = choice("task", tasks);
  return {
    current,
    ...{ reference: required("predictions-reference"), label: required("label"), prediction: required("prediction") },
    scores: parseScores(optionalInput("score"), task, called),
    ...{ task, positive: optionalInput("positive"), metrics: optionalInput("metrics"), order: optionalInput("order") },
    windows: parseWindows(
      { rows: rowsInput(), number: defaults.windows, by: optionalInput("by"), period: choice("period", periods) },
      called,
    ),
    tolerance: toleranceInput(),
  };
}

function called(name: string): string {
  return `Input \`${name}\``;
}

function required(name: (typeof needed)[number]): string {
  const value = optionalInput(name);
  if (value !== undefined) return value;
  throw new UsageError(`Input \`${name}\` is empty, and \`predictions\` need it. Set it under \`with:\` in the workflow.`);
}

function choice<T extends string>(name: "task" | "period", known: readonly T[]): T | undefined {
  const written = optionalInput(name);
  if (written === undefined) return undefined;
  const found = known.find((one) => one === written);
  if (found !== undefined) return found;
  throw new UsageError(`Input \`${name}\` is ${JSON.stringify(written)}; it has to be one of ${known.join(", ")}.`);
}

function rowsInput(): number | undefined {
  const written = optionalInput("window-rows");
  if (written === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new UsageError(`Input \`window-rows\` is ${JSON.stringify(written)}; it has to be a whole number from 1.`);
}

function toleranceInput(): number {
  const written = optionalInput("tolerance") ?? defaults.tolerance;
  const value = Number(written);
  if (written.trim() !== "" && value >= 0 && value < 1) return value;
  throw new UsageError(`Input \`tolerance\` is ${JSON.stringify(written)}; it has to be a number from 0 to below 1.`);
}

import { UsageError } from "../../errors/errors.ts";
import { scoreNames } from "../../scoring/scores.ts";
import { meantMetric } from "../../spec/meant-metric.ts";
import { mistakeInMetric } from "../../spec/metric-mistake.ts";
import { defaultMetrics, factsOfMetric, metricNames } from "../../spec/metric-names.ts";
import { metricOf } from "../../spec/metrics.ts";
import type { Task } from "../../spec/spec.ts";
import type { Side } from "./sides.ts";

/**
 * The metrics of a task whose truth is known.
 * @param option that they were given by, for messages
 */
export function parseMetrics(
  task: Exclude<Task, "scored">,
  given: string | undefined,
  option: "--metrics" | "--metric" = "--metrics",
): readonly string[] {
  if (given === undefined) return defaultMetrics(task);
  const names = splitNames(given, new Set(metricNames(task)));
  const mistakes = names.flatMap((name) => mistakeInName(name, task) ?? []);
  if (mistakes.length > 0) throw new UsageError(`${option}: ${mistakes.join(" ")}${listOf(names, task)}`);
  return [...new Set(names.map((name) => metricOf(name, task) ?? name))];
}

function mistakeInName(name: string, task: Task): string | undefined {
  const mistake = mistakeInMetric(name, task, withArgument);
  if (mistake === undefined) return undefined;
  if (factsOfMetric(name) !== undefined) return `${mistake.problem} ${mistake.fix}`;
  const likely = otherwiseWritten(name, task) ?? meantMetric(name, metricNames(task));
  return likely === undefined ? mistake.problem : `${mistake.problem} Did you mean ${likely}?`;
}

function withArgument(name: string, argument: number | string): string {
  return `${name}=${argument}`;
}

/** Names parted by something else than commas, and an argument as `assay.yml` has it. */
function otherwiseWritten(text: string, task: Task): string | undefined {
  const parts = text
    .replaceAll(/[{}]/g, "")
    .replaceAll(/\s*:\s*/g, "=")
    .split(/[\s;|]+/)
    .filter((part) => part !== "");
  const isMetric = (part: string) => mistakeInMetric(part, task, withArgument) === undefined;
  return parts.length > 0 && parts.every(isMetric) ? parts.join(",") : undefined;
}

/** What there is, where a name is none of it. */
function listOf(names: readonly string[], task: Task): string {
  if (names.every((name) => factsOfMetric(name) !== undefined)) return "";
  const known = metricNames(task).map((name) => {
    const argument = factsOfMetric(name)?.argument;
    return argument === undefined ? name : withArgument(name, `<${argument.meaning}>`);
  });
  return ` The metrics of ${task} tasks: ${known.join(", ")}.`;
}

/** The scores that are looked at, and which were left out and why. */
export interface ChosenScores {
  metrics: readonly string[];
  notes: readonly string[];
}

/** The scores that all files have, or those that were named. */
export function chooseScores(sides: readonly Side[], given: string | undefined): ChosenScores {
  const files = sides.flatMap(({ trainings }) => trainings);
  const [first, ...others] = files.map(({ raw }) => scoreNames(raw));
  const all = first ?? [];
  if (given !== undefined) {
    const names = splitNames(given, new Set([all, ...others].flat()));
    return { metrics: names, notes: [] };
  }
  const shared = all.filter((name) => others.every((other) => other.includes(name)));
  if (shared.length === 0) {
    const lists = files.map(({ raw }, file) => `${raw.source} has ${[all, ...others][file]?.join(", ") || "none"}`);
    throw new UsageError(
      `The files have no score in common: ${lists.join("; ")}. A score is a column of numbers, or of true and false, with the same name in each file.`,
    );
  }
  const left = [...new Set([all, ...others].flat())].filter((name) => !shared.includes(name));
  return { metrics: shared, notes: left.length === 0 ? [] : [`Left out ${left.join(", ")}: not every file has it.`] };
}

/** Names may hold commas themselves, as `exact_match,strict-match`: the longest that is known counts. */
function splitNames(text: string, known: ReadonlySet<string>): string[] {
  const parts = text.split(",").map((part) => part.trim());
  const names: string[] = [];
  for (let at = 0; at < parts.length; ) {
    let end = parts.length;
    while (end > at + 1 && !known.has(parts.slice(at, end).join(","))) end--;
    const name = parts.slice(at, end).join(",");
    if (name !== "" && !names.includes(name)) names.push(name);
    at = end;
  }
  return names;
}

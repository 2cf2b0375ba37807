import { UsageError } from "../../errors/errors.ts";
import { scoreNames } from "../../scoring/scores.ts";
import { meantMetric } from "../../spec/meant-metric.ts";
import { defaultMetrics, factsOfMetric, metricNames, parseMetricName } from "../../spec/metric-names.ts";
import type { Task } from "../../spec/spec.ts";
import type { Side } from "./sides.ts";

/** The metrics of a task whose truth is known. */
export function parseMetrics(task: Exclude<Task, "scored">, given: string | undefined): readonly string[] {
  if (given === undefined) return defaultMetrics(task);
  const known: readonly string[] = metricNames(task);
  const names = splitNames(given, new Set(known));
  const unknown = names.filter((name) => !parseMetricName(name) || !factsOfMetric(name)?.tasks.includes(task));
  if (unknown.length === 0) return names;
  const meant = unknown.map((name) => meantMetric(name, known)).filter((name) => name !== undefined);
  const question = meant.length === 0 ? "" : ` Did you mean ${meant.join(", ")}?`;
  throw new UsageError(
    `--metrics: ${unknown.join(", ")} is not a metric of ${task} tasks.${question} Known: ${known.map(withArgument).join(", ")}.`,
  );
}

function withArgument(name: string): string {
  const argument = factsOfMetric(name)?.argument;
  return argument === undefined ? name : `${name}=<${argument.meaning}>`;
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

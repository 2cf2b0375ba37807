import { meantMetric } from "./meant-metric.ts";
import { factsOfMetric, type MetricArgument, metricNames } from "./metric-names.ts";
import { allMetrics, metricOf } from "./metrics.ts";
import type { Task } from "./spec.ts";

export interface MetricMistake {
  problem: string;
  fix: string;
}

/** A metric with its argument as people write it where they do: `recall_at_fpr=0.01` or `{recall_at_fpr: 0.01}`. */
export type Notation = (name: string, argument: number) => string;

/** What is wrong with `recall_at_fpr=2` where a task that is no `scored` one has its metrics; undefined: nothing. */
export function mistakeInMetric(text: string, task: Task | undefined, write: Notation): MetricMistake | undefined {
  const [name = ""] = text.split("=", 1);
  const facts = factsOfMetric(name);
  if (facts === undefined) return { problem: `${JSON.stringify(shown(name))} is not a metric.`, fix: meantFor(name, task) };
  if (task !== undefined && !facts.tasks.includes(task))
    return {
      problem: `${name} is a metric of ${facts.tasks.join(" and ")} tasks, and this task is ${task}.`,
      fix: `Write one of ${metricNames(task).join(", ")}.`,
    };
  return metricOf(text, task) === undefined ? mistakeInArgument(name, text, facts.argument, write) : undefined;
}

function mistakeInArgument(name: string, text: string, argument: MetricArgument | undefined, write: Notation): MetricMistake {
  if (argument === undefined) return { problem: `${name} takes no number.`, fix: `Write ${name}.` };
  const { meaning, least, most, whole } = argument;
  const range = `a ${whole ? "whole number" : "number"} from ${least} to ${most}`;
  const fix = `Write ${write(name, argument.default ?? (whole ? 100 : 0.01))}.`;
  const given = text.slice(name.length + 1);
  if (given === "") return { problem: `${name} needs its ${meaning}, ${range}.`, fix };
  return { problem: `${shown(given)} is not ${range}, as the ${meaning} of ${name} has to be.`, fix };
}

function meantFor(name: string, task: Task | undefined): string {
  const known: readonly string[] = task === undefined ? allMetrics : metricNames(task);
  const meant = meantMetric(name, known) ?? meantMetric(name, allMetrics);
  return meant === undefined ? `Write one of ${known.join(", ")}.` : `Did you mean ${meant}?`;
}

/** What somebody wrote, as long as a message can bear it. */
export function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

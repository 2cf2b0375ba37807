import { meantMetric } from "../meant-metric.ts";
import { mistakeInMetric, shown } from "../metric-mistake.ts";
import { meantMetricOf, metricsCalled, needsPositive, textOfMetric } from "../metrics.ts";
import { below, isMap, listOf, type Report } from "../rule.ts";
import type { Task } from "../spec.ts";
import { maxMetrics } from "../values.ts";
import type { WrittenModel } from "./model.ts";

/** The metrics of a model, wherever they are named. */
export function checkMetrics(model: WrittenModel, report: Report): void {
  const { task, evaluate, gates, metrics } = model;
  for (const [index, gate] of gates.entries())
    if (isMap(gate) && gate.metric !== undefined) checkMeant(gate.metric, model, below(report, "gates", index, "metric"));
  if (evaluate === undefined) return;
  const inEvaluate = below(report, "evaluate");
  for (const [index, metric] of listOf(evaluate.metrics).slice(0, maxMetrics).entries())
    checkMetric(metric, task, below(inEvaluate, "metrics", index));
  if (evaluate.metrics === undefined && task === "scored")
    inEvaluate(
      ["metrics"],
      "metrics is missing: a scored task names its scores.",
      "Write metrics: [the names of score columns].",
    );
  checkLowerIsBetter(model, inEvaluate);
  checkPrimary(model, below(inEvaluate, "primary"));
  const needing = metrics.find((metric) => task === "binary" && needsPositive(metric, task));
  if (needing !== undefined && evaluate.positive === undefined)
    inEvaluate(
      ["positive"],
      `positive is missing, and ${needing} needs it.`,
      'Add the label that counts as positive, such as positive: "1".',
    );
}

/** A metric of a gate or of the headline: it may be one of `evaluate.metrics` without its argument. */
function checkMeant(written: unknown, { task, declared, evaluate }: WrittenModel, report: Report): void {
  if (task === "scored") {
    if (typeof written !== "string" || declared.includes(written) || !Array.isArray(evaluate?.metrics)) return;
    report([], `${JSON.stringify(written)} is not among evaluate.metrics.`, meantAmong(written, declared));
    return;
  }
  const called = metricsCalled(written, declared);
  if (called.length === 0) checkMetric(written, task, report);
  else if (called.length > 1)
    report([], `evaluate.metrics has ${called.join(" and ")}; this may be any of them.`, `Write for example ${called[0]}.`);
}

function checkMetric(written: unknown, task: Task | undefined, report: Report): void {
  if (task === "scored") {
    if (isMap(written)) report([], "The metrics of a scored task are names of score columns.", "Write the name alone.");
    return;
  }
  if (isMap(written) && Object.keys(written).length !== 1)
    report([], "A metric with its argument is one name and one number.", "Write {recall_at_fpr: 0.01}.");
  const text = textOfMetric(written);
  if (text === undefined) return;
  const mistake = mistakeInMetric(text, task, (name, argument) => `{${name}: ${argument}}`);
  if (mistake !== undefined) report([], mistake.problem, mistake.fix);
}

function checkLowerIsBetter({ task, evaluate, declared }: WrittenModel, report: Report): void {
  const names = evaluate?.["lower-is-better"];
  if (names === undefined) return;
  if (task !== undefined && task !== "scored") {
    report(["lower-is-better"], `Which way is better is known of the metrics of ${task} tasks.`, "Remove lower-is-better.");
    return;
  }
  if (!Array.isArray(evaluate?.metrics)) return;
  for (const [index, name] of listOf(names).entries())
    if (typeof name === "string" && !declared.includes(name))
      report(
        ["lower-is-better", index],
        `${JSON.stringify(shown(name))} is not among evaluate.metrics.`,
        meantAmong(name, declared),
      );
}

function checkPrimary(model: WrittenModel, report: Report): void {
  const { task, evaluate, declared, metrics } = model;
  const written = evaluate?.primary;
  if (written === undefined) return;
  const primary = meantMetricOf(written, declared, task);
  if (primary === undefined || task === "scored") checkMeant(written, model, report);
  else if (!metrics.includes(primary)) {
    const fix = meantAmong(primary, metrics);
    report([], `${primary} is not among the model's metrics.`, evaluate?.metrics ? `Add it to evaluate.metrics. ${fix}` : fix);
  }
}

function meantAmong(name: string, known: readonly string[]): string {
  const meant = meantMetric(name, known);
  return meant === undefined ? `Write one of ${known.join(", ")}.` : `Did you mean ${meant}?`;
}

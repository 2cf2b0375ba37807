import { bootstrapCells } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { tangoInterval } from "../../statistics/tango.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asLabelled, type LabelledRows, quote } from "../rows.ts";
import {
  addRows,
  type ClassCounts,
  clearCounts,
  countClasses,
  emptyCounts,
  influenceOf,
  occurring,
  total,
} from "./class-counts.ts";
import { bootstrapMethod, clipChange, countOf, deltaMethod, notStable, resampledOnly } from "./estimating.ts";
import { classesOfTruth, type LabelStatistic, shareCorrect, withoutErrors } from "./label-statistics.ts";

const leastTruePositives = 10;
const leastEvents = 10;
const leastDiscordantRows = 10;

export interface LabelMetric {
  name: MetricName;
  statistic: LabelStatistic;
  range?: Interval;
  /** How the change is estimated, and the value where `ofValue` does not say otherwise. */
  by: "delta" | "bootstrap";
  /** An interval of the value in closed form, from the counts. */
  ofValue?: { method: string; interval: (counts: ClassCounts, positive: number) => Interval };
}

/** A metric that reads only labels. */
export function labelMetric({ name, statistic, range = { low: 0, high: 1 }, by, ofValue }: LabelMetric): Metric {
  const facts = metricFacts[name];
  const positiveOf = ({ positive }: LabelledRows) => (typeof positive === "number" ? positive : -1);

  function measureLabels(rows: LabelledRows): Measured {
    if (rows.missing > 0) return { undefinedBecause: `the model gives ${countOf(rows.missing, "row")} no label` };
    const counts = countClasses(rows);
    if (facts.positive) {
      if (typeof rows.positive !== "number") return rows.positive;
      const classes = occurring(counts).length;
      if (classes > 2) return { undefinedBecause: `truth and predictions have ${classes} labels; a binary task has two` };
    }
    const value = statistic.value(counts, positiveOf(rows));
    if (Number.isFinite(value)) return { value };
    const nameOf = (label: number) => `class ${quote(rows.labels[label])}`;
    return { undefinedBecause: statistic.undefinedBecause(counts, positiveOf(rows), nameOf) };
  }

  const influence = (rows: LabelledRows) => influenceOf(rows, statistic.gradient(countClasses(rows), positiveOf(rows)));

  /** The guard: true positives of each class that the metric looks at. Rows are events, whatever they weigh. */
  function missingEvents(sides: readonly LabelledRows[]): string | undefined {
    const counts = sides.map((rows) => countClasses({ ...rows, weights: undefined }));
    const [first] = sides;
    if (first === undefined) return undefined;
    if (statistic === shareCorrect) return missingOfShare(first.count, counts);
    const classes = facts.positive ? [positiveOf(first)] : [...new Set(counts.flatMap(classesOfTruth))];
    for (const label of classes) {
      const has = Math.min(...counts.map(({ correct }) => correct[label] ?? 0));
      if (has >= leastTruePositives) continue;
      const ofClass = facts.positive ? "" : ` of class ${quote(first.labels[label])}`;
      return `needs ${leastTruePositives} true positives${ofClass}${sides.length > 1 ? " on each side" : ""}, has ${has}`;
    }
    return undefined;
  }

  return {
    name,
    ...facts,
    range,
    measure: (rows) => measureLabels(asLabelled(rows)),
    influence: (rows) => influence(asLabelled(rows)),
    missingEvents: (models) => missingEvents(models.map(asLabelled)),
    isIdentical: (baseline, candidate) => sameLabels(asLabelled(baseline), asLabelled(candidate)),

    estimate(given) {
      const rows = asLabelled(given);
      const counts = countClasses(rows);
      const positive = positiveOf(rows);
      if (ofValue) return { method: ofValue.method, interval: ofValue.interval(counts, positive) };
      const method = by === "delta" ? deltaMethod : bootstrapMethod;
      const missing = missingEvents([rows]);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      if (classesOfTruth(counts).every((label) => counts.correct[label] === counts.truth[label]))
        return { method: "Wilson, mean of classes", interval: withoutErrors(counts, range) };
      const value = statistic.value(counts, positive);
      const interval =
        by === "delta"
          ? deltaInterval(value, influence(rows)).interval
          : bootstrapLabels([rows], ([drawn]) => statistic.value(drawn, positive));
      return interval ? { method, interval: clip(interval, range) } : { method, noIntervalBecause: notStable };
    },

    estimateChange(givenBaseline, givenCandidate) {
      const [baseline, candidate] = [asLabelled(givenBaseline), asLabelled(givenCandidate)];
      if (statistic === shareCorrect) return changeOfShare(baseline, candidate);
      const method = by === "delta" ? deltaMethod : bootstrapMethod;
      const discordant = countDiscordant(baseline, candidate);
      if (discordant < leastDiscordantRows) {
        const noIntervalBecause = `needs ${leastDiscordantRows} rows that the models label differently, has ${discordant}`;
        return { method, noIntervalBecause };
      }
      const missing = missingEvents([baseline, candidate]);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const positive = positiveOf(candidate);
      const value = (rows: LabelledRows) => statistic.value(countClasses(rows), positive);
      const { interval, degreesOfFreedom } =
        by === "delta"
          ? deltaInterval(value(candidate) - value(baseline), differences(influence(candidate), influence(baseline)))
          : resampledOnly(
              bootstrapLabels(
                [baseline, candidate],
                ([theirs, ours]) => statistic.value(ours, positive) - statistic.value(theirs, positive),
              ),
            );
      return interval
        ? { method, interval: clipChange(interval, range), degreesOfFreedom }
        : { method, noIntervalBecause: notStable };
    },
  };
}

/** A share is near enough to normal where there are both right and wrong rows; of a change one side's will do. */
function missingOfShare(rows: number, counts: readonly ClassCounts[]): string | undefined {
  const rights = counts.map(({ correct }) => total(correct));
  const [right, wrong] = [Math.max(...rights), rows - Math.min(...rights)];
  if (right < leastEvents) return `needs ${leastEvents} right rows, has ${right}`;
  return wrong < leastEvents ? `needs ${leastEvents} wrong rows, has ${wrong}` : undefined;
}

function changeOfShare(baseline: LabelledRows, candidate: LabelledRows): Estimated {
  const { better, worse } = countFlipped(baseline, candidate);
  return { method: "Tango", interval: tangoInterval(better, worse, baseline.count) };
}

/** Rows that only the candidate labels right, and rows that only the baseline does. */
function countFlipped(baseline: LabelledRows, candidate: LabelledRows): { better: number; worse: number } {
  let better = 0;
  let worse = 0;
  for (let row = 0; row < baseline.count; row++) {
    const theirs = baseline.predicted[row] === baseline.truth[row];
    const ours = candidate.predicted[row] === candidate.truth[row];
    if (ours && !theirs) better++;
    if (theirs && !ours) worse++;
  }
  return { better, worse };
}

function countDiscordant(baseline: LabelledRows, candidate: LabelledRows): number {
  return baseline.predicted.reduce((count, label, row) => count + (label === candidate.predicted[row] ? 0 : 1), 0);
}

function sameLabels(baseline: LabelledRows, candidate: LabelledRows): boolean {
  return baseline.predicted.every((label, row) => label === candidate.predicted[row]);
}

/** Bootstraps a statistic of one or two models' counts over the cells of truth × predictions. */
function bootstrapLabels(
  models: readonly LabelledRows[],
  statistic: (counts: [ClassCounts, ClassCounts]) => number,
): Interval | undefined {
  const first = models[0];
  const second = models[1] ?? first;
  if (first === undefined || second === undefined) return undefined;
  const size = first.labels.length;
  const cellOf = (row: number) =>
    ((first.truth[row] ?? 0) * size + (first.predicted[row] ?? 0)) * size + (second.predicted[row] ?? 0);
  const cells = new Map<number, number>();
  for (let row = 0; row < first.count; row++) cells.set(cellOf(row), (cells.get(cellOf(row)) ?? 0) + 1);
  const keys = [...cells.keys()].sort((a, b) => a - b);
  const drawn: [ClassCounts, ClassCounts] = [emptyCounts(size), emptyCounts(size)];
  return bootstrapCells(
    keys.map((key) => cells.get(key) ?? 0),
    (counts) => {
      for (const side of drawn) clearCounts(side);
      for (const [i, key] of keys.entries()) {
        const weight = counts[i] ?? 0;
        const truth = Math.floor(key / size / size);
        addRows(drawn[0], truth, Math.floor(key / size) % size, weight);
        addRows(drawn[1], truth, key % size, weight);
      }
      return statistic(drawn);
    },
  );
}

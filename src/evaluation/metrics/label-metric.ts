import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { bootstrapCells } from "../../statistics/bootstrap.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { tangoInterval } from "../../statistics/tango.ts";
import { missingForChange, missingForValue, type Need } from "../guards.ts";
import type { Estimated, Measured, Metric } from "../metric.ts";
import { asLabelled, type LabelledRows, quote, type Rows } from "../rows.ts";
import { countMoves, whereSlopeDiffers } from "./carriers.ts";
import {
  addCounts,
  addRows,
  type ClassCounts,
  clearCounts,
  countClasses,
  emptyCounts,
  influenceOf,
  labelSlope,
  occurring,
  steepest,
} from "./class-counts.ts";
import { bootstrapMethod, clipChange, deltaMethod, notStable, resampledOnly } from "./estimating.ts";
import { classesOfTruth, type LabelStatistic, shareCorrect, withoutErrors } from "./label-statistics.ts";
import { meanOfClasses, rightRows } from "./mean-of-classes.ts";

/** A share is near enough to normal where there are both right and wrong rows; of a change one side's will do. */
const leastEvents = 10;

export interface LabelMetric {
  name: MetricName;
  statistic: LabelStatistic;
  /** How the change is estimated, and the value where `ofValue` does not say otherwise. */
  by: "delta" | "bootstrap";
  /** An interval of the value in closed form, from the counts. */
  ofValue?: { method: string; interval: (counts: ClassCounts, positive: number) => Interval };
  /** The classes of which the metric is the mean share of right rows: its change needs no guard, and `by` is not looked at. */
  recallOf?: (rows: LabelledRows, counts: ClassCounts) => readonly number[];
}

/** A metric that reads only labels. */
export function labelMetric({ name, statistic, by, ofValue, recallOf }: LabelMetric): Metric {
  const facts = metricFacts[name];
  const { range } = facts;
  const positiveOf = ({ positive }: LabelledRows) => (typeof positive === "number" ? positive : -1);

  function measureLabels(rows: LabelledRows): Measured {
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

  /** True positives of each class that the metric looks at, or of a share right and wrong rows. */
  function needs(rows: LabelledRows): Need[] {
    const isRight = (row: number) => rows.truth[row] === rows.predicted[row];
    if (statistic === shareCorrect)
      return [
        { least: leastEvents, of: "right rows", rows: (row) => (isRight(row) ? 1 : 0), sides: "one" },
        { least: leastEvents, of: "wrong rows", rows: (row) => (isRight(row) ? 0 : 1), sides: "one" },
      ];
    const classes = facts.positive ? [positiveOf(rows)] : classesOfTruth(countClasses(rows));
    return classes.map((label): Need => {
      const of = `true positives${facts.positive ? "" : ` of class ${quote(rows.labels[label])}`}`;
      return { least: leastEvents, of, rows: (row) => (isRight(row) && rows.truth[row] === label ? 1 : 0), sides: "each" };
    });
  }

  const self: Metric = {
    name,
    ...facts,
    measure: (rows) => measureLabels(asLabelled(rows)),
    influence: (rows) => influence(asLabelled(rows)),
    events: (rows) => needs(asLabelled(rows)),
    differsBy: "label",
    carries(baseline, candidate) {
      const all = [...baseline, ...candidate].map(asLabelled);
      const counts = all.map(countClasses).reduce(addCounts);
      const gradient = statistic.gradient(counts, all[0] ? positiveOf(all[0]) : -1);
      const slopes = (rows: Rows) => labelSlope(asLabelled(rows), gradient);
      return whereSlopeDiffers(slopes, steepest(gradient, counts))(baseline, candidate);
    },
    isIdentical: (baseline, candidate) => sameLabels(asLabelled(baseline), asLabelled(candidate)),

    estimate(given) {
      const rows = asLabelled(given);
      const counts = countClasses(rows);
      const positive = positiveOf(rows);
      if (ofValue) return { method: ofValue.method, interval: ofValue.interval(counts, positive) };
      const method = by === "delta" ? deltaMethod : bootstrapMethod;
      const missing = missingForValue(self, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      if (classesOfTruth(counts).every((label) => counts.correct[label] === counts.truth[label]))
        return { method: "Wilson, mean of classes", interval: withoutErrors(counts, range) };
      const value = statistic.value(counts, positive);
      const { interval, degreesOfFreedom } =
        by === "delta"
          ? deltaInterval(value, influence(rows))
          : resampledOnly(bootstrapLabels([rows], ([drawn]) => statistic.value(drawn, positive)));
      return interval ? { method, interval: clip(interval, range), degreesOfFreedom } : { method, noIntervalBecause: notStable };
    },

    estimateChange(givenBaseline, givenCandidate) {
      const [baseline, candidate] = [asLabelled(givenBaseline), asLabelled(givenCandidate)];
      if (statistic === shareCorrect) return changeOfShare(baseline, candidate);
      if (recallOf) return meanOfClasses(baseline, candidate, recallOf(candidate, countClasses(candidate)));
      const method = by === "delta" ? deltaMethod : bootstrapMethod;
      const missing = missingForChange(self, [baseline], [candidate], undefined);
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
  return self;
}

function changeOfShare(baseline: LabelledRows, candidate: LabelledRows): Estimated {
  const { gained, lost } = countMoves(rightRows(baseline), rightRows(candidate));
  return { method: "Tango", interval: tangoInterval(gained, lost, baseline.count) };
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

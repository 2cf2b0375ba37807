import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import type { Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asLabelled, type LabelledRows, type Rows } from "../rows.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { orderOf } from "./order.ts";
import { type ClassScores, classScores, isLabel, needOfEachClass, sameScores } from "./probabilities.ts";
import { leastOfEachClass } from "./roc-auc.ts";

interface Ranked {
  value: number;
  /** Of each row, so that intervals of averages of AUCs are DeLong's, extended to the weights. */
  influence: Float64Array;
}

type Rank = (rows: LabelledRows, columns: ClassScores["columns"]) => Ranked;

/** Mean of each class's AUC against the rest; weighted by how often the class occurs, or not. */
function oneVsRest(isWeighted: boolean): Rank {
  return (rows, columns) => {
    const influence = new Float64Array(rows.count);
    let value = 0;
    for (const { label, scores } of columns) {
      const positive = isLabel(rows, label);
      const { auc, placements, positives, negatives } = rocAuc(scores, positive, orderOf(scores));
      const share = positives / rows.count;
      const weight = isWeighted ? share : 1 / columns.length;
      value += weight * auc;
      for (let row = 0; row < rows.count; row++) {
        const own = positive[row] === 1;
        const part = ((placements[row] ?? 0) - auc) * (rows.count / (own ? positives : negatives));
        const ofWeight = isWeighted ? ((own ? 1 : 0) - share) * auc : 0;
        influence[row] = (influence[row] ?? 0) + weight * part + ofWeight;
      }
    }
    return { value, influence };
  };
}

/**
 * Mean over ordered pairs of classes of the AUC that tells them apart (Hand and Till 2001); weighted by the pair's rows, or
 * not. One sweep over each class's scores serves all of its pairs: O(rows · (log rows + classes)) a class.
 */
function oneVsOne(isWeighted: boolean): Rank {
  return (rows, columns) => {
    const sizes = new Float64Array(rows.labels.length);
    for (const label of rows.truth) sizes[label] = (sizes[label] ?? 0) + 1;
    const influence = new Float64Array(rows.count);
    const pairs = columns.length * (columns.length - 1);
    let value = 0;
    for (const { label, scores } of columns) {
      const own = sizes[label] ?? 0;
      // Each unordered pair is met twice.
      const weights = sizes.map((size, other) => {
        if (other === label || size === 0) return 0;
        return isWeighted ? (own + size) / rows.count / 2 / (columns.length - 1) : 1 / pairs;
      });
      const aucs = new Float64Array(sizes.length);
      const below = new Float64Array(sizes.length);
      const tied = new Float64Array(sizes.length);
      const order = orderOf(scores);
      for (let start = 0; start < order.length; ) {
        tied.fill(0);
        let end = start;
        for (const score = scores[order[start] ?? 0]; end < order.length && scores[order[end] ?? 0] === score; end++) {
          const truth = rows.truth[order[end] ?? 0] ?? 0;
          tied[truth] = (tied[truth] ?? 0) + 1;
        }
        const ownTied = tied[label] ?? 0;
        const ownAbove = (own - (below[label] ?? 0) - ownTied / 2) / own;
        let ofOwn = 0;
        if (ownTied > 0) {
          for (let other = 0; other < sizes.length; other++) {
            const weight = weights[other] ?? 0;
            if (weight === 0) continue;
            const placement = ((below[other] ?? 0) + (tied[other] ?? 0) / 2) / (sizes[other] ?? 0);
            ofOwn += weight * placement;
            aucs[other] = (aucs[other] ?? 0) + (ownTied * placement) / own;
          }
        }
        for (let i = start; i < end; i++) {
          const row = order[i] ?? 0;
          const truth = rows.truth[row] ?? 0;
          const placement = truth === label ? ofOwn : (weights[truth] ?? 0) * ownAbove;
          influence[row] = (influence[row] ?? 0) + placement * (rows.count / (sizes[truth] ?? 0));
        }
        for (let other = 0; other < sizes.length; other++) below[other] = (below[other] ?? 0) + (tied[other] ?? 0);
        start = end;
      }
      const average = aucs.reduce((total, auc, other) => total + (weights[other] ?? 0) * auc, 0);
      value += average;
      // What is left of the influence is the same for all rows of a class: centring, and the pair's weight.
      const ofWeight = aucs.map((auc) => (isWeighted ? auc / 2 / (columns.length - 1) : 0));
      const shifts = sizes.map(
        (size, other) => (ofWeight[other] ?? 0) - ((weights[other] ?? 0) * (aucs[other] ?? 0) * rows.count) / size,
      );
      shifts[label] = ofWeight.reduce((total, part) => total + part, 0) - (average * rows.count) / own;
      for (let row = 0; row < rows.count; row++) influence[row] = (influence[row] ?? 0) + (shifts[rows.truth[row] ?? 0] ?? 0);
    }
    return { value, influence };
  };
}

export const multiclassRocAucMetrics = [
  multiclassRocAuc("roc_auc_ovr", oneVsRest(false)),
  multiclassRocAuc("roc_auc_ovr_weighted", oneVsRest(true)),
  multiclassRocAuc("roc_auc_ovo", oneVsOne(false)),
  multiclassRocAuc("roc_auc_ovo_weighted", oneVsOne(true)),
];

function multiclassRocAuc(name: MetricName, rank: Rank): Metric {
  const range: Interval = { low: 0, high: 1 };
  const method = `DeLong, ${deltaMethod}`;
  const ranked = (rows: Rows): Ranked => {
    const found = classScores(rows);
    if ("undefinedBecause" in found) throw new Error(`${name} was asked for an interval where it is undefined.`);
    return rank(asLabelled(rows), found.columns);
  };
  return {
    name,
    ...metricFacts[name],
    range,
    isIdentical: sameScores,
    measure(rows) {
      const found = classScores(rows);
      return "undefinedBecause" in found ? found : { value: rank(asLabelled(rows), found.columns).value };
    },
    missingEvents: (models) =>
      models.map((rows) => needOfEachClass(rows, leastOfEachClass)).find((missing) => missing !== undefined),
    influence: (rows) => ranked(rows).influence,
    estimate(rows) {
      const missing = needOfEachClass(rows, leastOfEachClass);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { value, influence } = ranked(rows);
      if (value < 1) return { method, interval: clip(deltaInterval(value, influence).interval, range) };
      return { method: "Wilson, of the rarest class", interval: withoutErrors(asLabelled(rows)) };
    },
    estimateChange(baseline, candidate) {
      const missing = needOfEachClass(candidate, leastOfEachClass);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const [theirs, ours] = [ranked(baseline), ranked(candidate)];
      if (theirs.value === 1 && ours.value === 1) {
        const { low } = withoutErrors(asLabelled(candidate));
        return { method: "Wilson, of the rarest class", interval: { low: low - 1, high: 1 - low } };
      }
      const { interval, degreesOfFreedom } = deltaInterval(
        ours.value - theirs.value,
        differences(ours.influence, theirs.influence),
      );
      return { method, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
}

/** Every class is told apart without an error, which leaves no variance: as if a right ranking were an event of each row of the rarest class. */
function withoutErrors({ truth }: LabelledRows): Interval {
  const counts = new Map<number, number>();
  for (const label of truth) counts.set(label, (counts.get(label) ?? 0) + 1);
  const rarest = Math.min(...counts.values());
  return wilsonInterval(rarest, rarest);
}

import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip, type Interval } from "../../statistics/interval.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import type { Metric } from "../metric.ts";
import { type MetricName, metricFacts } from "../metric-names.ts";
import { asLabelled, type LabelledRows, type Rows } from "../rows.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
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
      const { auc, placements, positives, negatives } = rocAuc(scores, positive);
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

/** Mean over ordered pairs of classes of the AUC that tells them apart (Hand and Till 2001); weighted by the pair's rows, or not. */
function oneVsOne(isWeighted: boolean): Rank {
  return (rows, columns) => {
    const influence = new Float64Array(rows.count);
    const rowsOf = new Map<number, number>();
    for (const label of rows.truth) rowsOf.set(label, (rowsOf.get(label) ?? 0) + 1);
    let value = 0;
    for (const { label, scores } of columns) {
      const order = sortedOrder(scores);
      for (const { label: other } of columns) {
        if (other === label) continue;
        const members = order.filter((row) => rows.truth[row] === label || rows.truth[row] === other);
        const positive = Uint8Array.from(members, (row) => (rows.truth[row] === label ? 1 : 0));
        const sorted = Uint32Array.from(members.keys());
        const { auc, placements, positives, negatives } = rocAuc(
          Float64Array.from(members, (row) => scores[row] ?? 0),
          positive,
          sorted,
        );
        const share = members.length / rows.count;
        // Each unordered pair is met twice.
        const weight = isWeighted ? share / 2 / (columns.length - 1) : 1 / columns.length / (columns.length - 1);
        value += weight * auc;
        for (let i = 0; i < members.length; i++) {
          const row = members[i] ?? 0;
          const part = ((placements[i] ?? 0) - auc) * (rows.count / (positive[i] === 1 ? positives : negatives));
          const ofWeight = isWeighted ? auc / 2 / (columns.length - 1) : 0;
          influence[row] = (influence[row] ?? 0) + weight * part + ofWeight;
        }
      }
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
    estimate(rows) {
      const missing = needOfEachClass(rows, leastOfEachClass);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const { value, influence } = ranked(rows);
      if (value < 1) return { method, interval: clip(deltaInterval(value, influence), range) };
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
      const interval = deltaInterval(ours.value - theirs.value, differences(ours.influence, theirs.influence));
      return { method, interval: clipChange(interval, range) };
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

import type { MetricName } from "../../spec/metric-names.ts";
import { rocAuc, rocAucInfluence } from "../../statistics/roc-auc.ts";
import { asLabelled, type LabelledRows, type Rows } from "../rows.ts";
import { type AveragedRocAuc, averagedRocAuc, meanOfRankings, type Ranked } from "./averaged-roc-auc.ts";
import { orderOf } from "./order.ts";
import { type ClassScores, classScores, isLabel, needsOfEachClass, rankingsOf } from "./probabilities.ts";
import { leastOfEachClass } from "./roc-auc.ts";
import { sharesOf } from "./weighted-mean.ts";

type Rank = (rows: LabelledRows, columns: ClassScores["columns"]) => Ranked;

/** Mean of each class's AUC against the rest, weighted by how often the class occurs. */
function oneVsRestWeighted(rows: LabelledRows, columns: ClassScores["columns"]): Ranked {
  const influence = new Float64Array(rows.count);
  const shares = sharesOf(rows);
  let value = 0;
  for (const { label, scores } of columns) {
    const positive = isLabel(rows, label);
    const ranked = rocAuc(scores, positive, orderOf(scores), rows.weights);
    const frequency = ranked.positives / (ranked.positives + ranked.negatives);
    value += frequency * ranked.auc;
    const ofRanking = rocAucInfluence(ranked, positive, rows.weights);
    for (let row = 0; row < rows.count; row++) {
      const ofFrequency = ((positive[row] ?? 0) - frequency) * (shares?.[row] ?? 1);
      influence[row] = (influence[row] ?? 0) + frequency * (ofRanking[row] ?? 0) + ofFrequency * ranked.auc;
    }
  }
  return { value, influence };
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

const ovoKnowsNoWeights = { undefinedBecause: "one vs one takes no weights of rows" };

export const multiclassRocAucMetrics = [
  multiclassRocAuc("roc_auc_ovr", (rows) => {
    const rankings = rankingsOf(rows);
    return "undefinedBecause" in rankings ? rankings : meanOfRankings(rows, rankings);
  }),
  multiclassRocAuc("roc_auc_ovr_weighted", byClass(oneVsRestWeighted)),
  multiclassRocAuc("roc_auc_ovo", (rows) => (rows.weights ? ovoKnowsNoWeights : byClass(oneVsOne(false))(rows))),
  multiclassRocAuc("roc_auc_ovo_weighted", (rows) => (rows.weights ? ovoKnowsNoWeights : byClass(oneVsOne(true))(rows))),
];

function byClass(rank: Rank) {
  return (rows: Rows) => {
    const found = classScores(rows);
    return "undefinedBecause" in found ? found : rank(asLabelled(rows), found.columns);
  };
}

function multiclassRocAuc(name: MetricName, rank: AveragedRocAuc["rank"]) {
  return averagedRocAuc({ name, rank, events: (rows) => needsOfEachClass(rows, leastOfEachClass), rarest });
}

/** Rows of the rarest class. */
function rarest(rows: Rows): number {
  const counts = new Map<number, number>();
  for (const label of asLabelled(rows).truth) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.min(...counts.values());
}

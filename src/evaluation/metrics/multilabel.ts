import type { Metric } from "../metric.ts";
import { asMultilabel, type Rows } from "../rows.ts";
import { labelAverageMetric } from "./label-average-metric.ts";
import { type ClassShare, f1Of, macro, micro, precisionOf, recallOf, weighted } from "./label-statistics.ts";
import { lossMetric } from "./loss-metric.ts";
import { countRowLabels, haveSameLabels } from "./row-labels.ts";
import { rowShareMetric } from "./row-share-metric.ts";

const leastWrongRows = 10;

/** Share of rows whose labels are all right and none too many. */
const subsetAccuracy = rowShareMetric({
  name: "accuracy",
  share: (truth, predicted, correct) => (correct === truth && correct === predicted ? 1 : 0),
  whole: true,
  why: "the rows have no weight",
});

/**
 * Labels that a row has wrongly or lacks, over the labels that the test set knows; the mean over the rows. What only a model names
 * adds its errors and no label to divide by, so that naming more does not make a model better.
 */
const hammingLoss = lossMetric({
  name: "hamming_loss",
  isIdentical: (baseline, candidate) => haveSameLabels(asMultilabel(baseline), asMultilabel(candidate)),
  losses: (rows) => (asMultilabel(rows).known > 0 ? wrongShares(rows) : { undefinedBecause: "there are no labels" }),
  events(rows, of) {
    if (of === "change") return [];
    const losses = wrongShares(rows);
    return [{ least: leastWrongRows, of: "rows with a wrong label", rows: (row) => (losses[row] ? 1 : 0), sides: "each" }];
  },
});

function wrongShares(given: Rows): Float64Array {
  const rows = asMultilabel(given);
  const { truth, predicted, correct } = countRowLabels(rows);
  return Float64Array.from(truth, (labels, row) => (labels + (predicted[row] ?? 0) - 2 * (correct[row] ?? 0)) / rows.known);
}

/** Precision, recall and F1: of each label, or of each row, and how they are put together. */
function averagesOf(kind: "precision" | "recall" | "f1", share: ClassShare, why: string): Metric[] {
  return [
    labelAverageMetric({ name: `${kind}_macro`, statistic: macro(share), pooled: false }),
    labelAverageMetric({ name: `${kind}_micro`, statistic: micro(share), pooled: true }),
    labelAverageMetric({ name: `${kind}_weighted`, statistic: weighted(share), pooled: false }),
    rowShareMetric({
      name: `${kind}_samples`,
      share: (truth, predicted, correct) => correct / (share.ofTruth * truth + share.ofPredicted * predicted),
      whole: false,
      why,
    }),
  ];
}

/**
 * Metrics of rows with any number of labels. Zero divisions: a label that is neither in the test set nor predicted is left out of
 * averages over labels, as a class is; one that only the divisor lacks leaves them undefined. Averages over rows (`samples`)
 * leave out the rows that have nothing to divide by.
 */
export const multilabelMetrics: Metric[] = [
  subsetAccuracy,
  hammingLoss,
  ...averagesOf("precision", precisionOf, "the model gives no row a label"),
  ...averagesOf("recall", recallOf, "no row of the test set has a label"),
  ...averagesOf("f1", f1Of, "no row has a label, neither in the test set nor predicted"),
];

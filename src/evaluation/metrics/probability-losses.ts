import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { asLabelled, type Rows } from "../rows.ts";
import { lossMetric } from "./loss-metric.ts";
import { classProbabilities, needsOfEachClass, sameScores } from "./probabilities.ts";

const leastOfEachClass = 10;

/** −log of the probability of the true class, clipped to [ε, 1 − ε] of a double as scikit-learn does. */
const logLoss = probabilityLoss("log_loss", (own) => {
  return -Math.log(Math.min(Math.max(own, Number.EPSILON), 1 - Number.EPSILON));
});

/** Squared distance of the probabilities to the truth; halved for two classes, so that it is that of the positive class. */
const brierScore = probabilityLoss("brier_score", (own, squares, columns) => {
  return (squares - own * own + (1 - own) ** 2) * (columns < 3 ? 0.5 : 1);
});

export const probabilityLosses = [logLoss, brierScore];

/** @param loss of a row by the probability of its class, the sum of squares of all its probabilities, and their number */
function probabilityLoss(name: MetricName, loss: (own: number, squares: number, columns: number) => number) {
  return lossMetric({
    name,
    steep: !Number.isFinite(metricFacts[name].range.high),
    isIdentical: sameScores,
    events: (rows) => needsOfEachClass(rows, leastOfEachClass),
    losses(given: Rows) {
      const rows = asLabelled(given);
      const found = classProbabilities(rows);
      if ("undefinedBecause" in found) return found;
      const { byLabel, all } = found;
      const columns = rows.labels.map((_, label) => byLabel.get(label));
      const losses = new Float64Array(rows.count);
      for (let row = 0; row < rows.count; row++) {
        let squares = 0;
        for (const column of all) squares += (column[row] ?? 0) ** 2;
        losses[row] = loss(columns[rows.truth[row] ?? -1]?.[row] ?? Number.NaN, squares, all.length);
      }
      return losses;
    },
  });
}

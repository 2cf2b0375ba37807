import { asMultilabel, type Rows } from "../rows.ts";
import { averagedRocAuc, meanOfRankings } from "./averaged-roc-auc.ts";
import { labelsOfOneKind, needsOfEachLabel, rankingsOf } from "./probabilities.ts";
import { leastOfEachClass } from "./roc-auc.ts";

/** The unweighted mean over labels of the AUC that tells rows with the label from rows without it. */
export const multilabelRocAuc = averagedRocAuc({
  name: "roc_auc",
  rank(rows) {
    const rankings = rankingsOf(rows);
    if ("undefinedBecause" in rankings) return rankings;
    const [one] = labelsOfOneKind(rows);
    if (one) return { undefinedBecause: one.because };
    return rankings.length === 0 ? { undefinedBecause: "there are no labels" } : meanOfRankings(rows, rankings);
  },
  events: (rows) => needsOfEachLabel(rows, leastOfEachClass),
  rarest,
});

function rarest(rows: Rows): number {
  const { truth, count } = asMultilabel(rows);
  const sizes = truth.map((flags) => flags.reduce((total, flag) => total + flag, 0));
  return Math.min(...sizes.flatMap((size) => [size, count - size]));
}

import { type MetricName, metricFacts } from "../../spec/metric-names.ts";
import { leastRankingErrors } from "../../statistics/delong.ts";
import { deltaInterval, differences } from "../../statistics/influence.ts";
import { clip } from "../../statistics/interval.ts";
import { rocAuc, rocAucInfluence } from "../../statistics/roc-auc.ts";
import { wilsonInterval } from "../../statistics/wilson.ts";
import { missingForValue } from "../guards.ts";
import type { Metric } from "../metric.ts";
import type { Rows } from "../rows.ts";
import { rankingErrorsNeed, whereReadDiffers } from "./carriers.ts";
import { clipChange, deltaMethod } from "./estimating.ts";
import { orderOf } from "./order.ts";
import { type BinaryScores, sameScores } from "./probabilities.ts";

export interface Ranked {
  value: number;
  /** Of each row, so that intervals of averages of AUCs are DeLong's, extended to the weights. */
  influence: Float64Array;
}

export interface AveragedRocAuc {
  name: MetricName;
  rank(rows: Rows): Ranked | { undefinedBecause: string };
  events: Metric["events"];
  /** Rows of the rarest class, or with or without the label for which they are fewest. */
  rarest(rows: Rows): number;
}

/** The unweighted mean of the AUCs of several rankings. */
export function meanOfRankings(rows: Rows, rankings: readonly BinaryScores[]): Ranked {
  const influence = new Float64Array(rows.count);
  let total = 0;
  for (const { scores, positive } of rankings) {
    const ranked = rocAuc(scores, positive, orderOf(scores), rows.weights);
    total += ranked.auc;
    const ofRanking = rocAucInfluence(ranked, positive, rows.weights);
    for (let row = 0; row < rows.count; row++) influence[row] = (influence[row] ?? 0) + (ofRanking[row] ?? 0) / rankings.length;
  }
  return { value: total / rankings.length, influence };
}

const ofRarest = "Wilson, of the rarest class";

/** An average of AUCs. */
export function averagedRocAuc({ name, rank, events, rarest }: AveragedRocAuc): Metric {
  const { range } = metricFacts[name];
  const method = `DeLong, ${deltaMethod}`;
  const ranked = (rows: Rows): Ranked => {
    const found = rank(rows);
    if ("undefinedBecause" in found) throw new Error(`${name} was asked for an interval where it is undefined.`);
    return found;
  };
  const errorsOf = (rows: Rows, { value }: Ranked) => (1 - value) * rarest(rows);
  /** There are next to no errors to see noise by: as if a right ranking were an event of each row of the rarest class. */
  const byRarest = (rows: Rows, { value }: Ranked) => wilsonInterval(value * rarest(rows), rarest(rows));
  const plain = { events, carries: () => () => 1 };
  const self: Metric = {
    name,
    ...metricFacts[name],
    isIdentical: sameScores,
    measure(rows) {
      const found = rank(rows);
      return "undefinedBecause" in found ? found : { value: found.value };
    },
    influence: (rows) => ranked(rows).influence,
    events(rows, of) {
      const each = errorsOf(rows, ranked(rows)) / rows.count;
      return [...events(rows, of), rankingErrorsNeed(() => each)];
    },
    carries: whereReadDiffers((rows) => [ranked(rows).influence]),
    estimate(rows) {
      const missing = missingForValue(plain, [rows], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const own = ranked(rows);
      if (errorsOf(rows, own) < leastRankingErrors) return { method: ofRarest, interval: byRarest(rows, own) };
      const { interval, degreesOfFreedom } = deltaInterval(own.value, own.influence);
      return { method, interval: clip(interval, range), degreesOfFreedom };
    },
    estimateChange(baseline, candidate) {
      const missing = missingForValue(plain, [candidate], undefined);
      if (missing !== undefined) return { method, noIntervalBecause: missing };
      const [theirs, ours] = [ranked(baseline), ranked(candidate)];
      if (Math.max(errorsOf(candidate, theirs), errorsOf(candidate, ours)) < leastRankingErrors) {
        // MOVER, as if the two were independent (Zou and Donner 2008).
        const [before, after] = [byRarest(baseline, theirs), byRarest(candidate, ours)];
        const change = ours.value - theirs.value;
        const low = change - Math.hypot(ours.value - after.low, before.high - theirs.value);
        const high = change + Math.hypot(after.high - ours.value, theirs.value - before.low);
        return { method: ofRarest, interval: { low, high } };
      }
      const { interval, degreesOfFreedom } = deltaInterval(
        ours.value - theirs.value,
        differences(ours.influence, theirs.influence),
      );
      return { method, interval: clipChange(interval, range), degreesOfFreedom };
    },
  };
  return self;
}

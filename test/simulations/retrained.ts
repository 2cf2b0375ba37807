import { findMetric } from "../../src/evaluation/metrics/index.ts";
import { binaryScores } from "../../src/evaluation/metrics/probabilities.ts";
import type { LabelledRows } from "../../src/evaluation/rows.ts";
import { placementError } from "../../src/statistics/delong.ts";
import { standardDeviation } from "../../src/statistics/moments.ts";
import { z95 } from "../../src/statistics/normal.ts";
import type { Random } from "../../src/statistics/random.ts";
import { rocAuc } from "../../src/statistics/roc-auc.ts";
import { seedInterval } from "../../src/statistics/seed-interval.ts";
import { drawSeeds, modelsAt } from "./binary-models.ts";
import { createNormal } from "./random-normal.ts";
import type { Cell, Size, Tally } from "./simulation.ts";

const seeds = 3;
const metrics = ["accuracy", "f1", "roc_auc"] as const;
/** Standard deviation of a model's separation from seed to seed: of its AUC about 0.0014, so that two seeds are 0.002 apart. */
const seedSpread = 0.0075;

/** The same recipe trained three times a side: every difference is the seeds'. */
export function retrainedCells(size: Size): Cell[] {
  const plan =
    size === "full"
      ? [
          [2_000, 4_000],
          [20_000, 1_000],
          [200_000, 200],
        ]
      : [[2_000, 200]];
  const { separation, threshold } = modelsAt.get(0.2) ?? { separation: 0, threshold: 0 };
  return plan.flatMap(([rows = 0, runs = 0]) =>
    [seedSpread, 4 * seedSpread].map((spread): Cell => {
      const simulate = (random: Random): Tally => {
        const normal = createNormal(random);
        const side = () => Array.from({ length: seeds }, () => separation + spread * normal());
        const [baseline = [], candidate = []] = drawSeeds({ rows, rate: 0.2, threshold }, [side(), side()], random);
        const counts: Tally = {};
        for (const metric of metrics) {
          const [theirs, ours] = [averageOf(metric, baseline), averageOf(metric, candidate)];
          const apart = ours.influence.map((value, row) => value - (theirs.influence[row] ?? 0));
          const rowError =
            metric === "roc_auc" ? placementError(apart, positives(baseline)).error : standardDeviation(apart) / Math.sqrt(rows);
          const { interval } = seedInterval({ baseline: theirs.values, candidate: ours.values, rowError }) ?? {};
          if (interval === undefined) throw new Error("Three seeds a side are enough.");
          counts[`${metric}|${interval.low > 0 || interval.high < 0 ? "called" : "not called"}`] = 1;
          if (Math.abs(interval.low + interval.high) / 2 > z95 * rowError) counts[`${metric}|averaged`] = 1;
        }
        return counts;
      };
      const id = ["retrained", rows, `seeds ${spread === seedSpread ? "0.002" : "0.008"} of AUC apart`, metrics.join(" ")].join(
        "|",
      );
      return { id, runs, cost: rows * 6, simulate };
    }),
  );
}

/** The metric of each model, and each row's influence on their mean. */
function averageOf(metric: (typeof metrics)[number], models: readonly LabelledRows[]) {
  const each = models.map((rows) => {
    if (metric === "roc_auc") {
      const found = binaryScores(rows);
      if ("undefinedBecause" in found) throw new Error(found.undefinedBecause);
      const { auc, placements } = rocAuc(found.scores, found.positive);
      return { value: auc, influence: placements };
    }
    const found = findMetric(metric, "binary");
    const measured = found?.measure(rows);
    if (!found?.influence || !measured || "undefinedBecause" in measured) throw new Error(`${metric} has no value.`);
    return { ...measured, influence: found.influence(rows) };
  });
  const influence = new Float64Array(each[0]?.influence.length ?? 0);
  for (const model of each)
    for (let row = 0; row < influence.length; row++)
      influence[row] = (influence[row] ?? 0) + (model.influence[row] ?? 0) / each.length;
  return { values: Float64Array.from(each, ({ value }) => value), influence };
}

function positives([first]: readonly LabelledRows[]): Uint8Array {
  return Uint8Array.from(first?.truth ?? []);
}

import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { metricFor } from "../../src/evaluation/measure-trainings.ts";
import { rowNoise } from "../../src/evaluation/row-noise.ts";
import type { LabelledRows } from "../../src/evaluation/rows.ts";
import { z95 } from "../../src/statistics/normal.ts";
import type { Random } from "../../src/statistics/random.ts";
import { asDesign, asPredictions, asTruth } from "./as-predictions.ts";
import { drawDesigned, drawSeeds, modelsAt } from "./binary-models.ts";
import { tallyComparisons } from "./called.ts";
import { createNormal } from "./random-normal.ts";
import type { Cell, Size, Tally } from "./simulation.ts";

const metrics = ["accuracy", "f1", "roc_auc"];
/** Standard deviation of a model's separation from seed to seed: of its AUC about 0.0014, so that two seeds are 0.002 apart. */
const seedSpread = 0.0075;
const rate = 0.2;

interface Recipe {
  kind: string;
  setting: string;
  rows: number;
  runs: number;
  /** Trainings a side. */
  seeds: number;
  spread: number;
  design?: "groups" | "weights";
}

/** The same recipe on both sides, by the way that evidence goes: every difference is the seeds', or the rows'. */
export function retrainedCells(size: Size): Cell[] {
  const sizes =
    size === "full"
      ? [
          [2_000, 4_000],
          [20_000, 1_000],
          [200_000, 200],
        ]
      : [[2_000, 200]];
  return sizes.flatMap(([rows = 0, runs = 0]) => {
    const common = { rows, runs };
    const seeded = [seedSpread, 4 * seedSpread].map((spread): Recipe => {
      const setting = `seeds ${spread === seedSpread ? "0.002" : "0.008"} of AUC apart`;
      return { kind: "retrained", setting, ...common, seeds: 3, spread };
    });
    const designed: Recipe[] = [
      { kind: "designed", setting: "groups of 10 rows", ...common, seeds: 1, spread: 0, design: "groups" },
      { kind: "designed", setting: "groups of 10 rows, 3 seeds", ...common, seeds: 3, spread: seedSpread, design: "groups" },
      { kind: "designed", setting: "weights", ...common, seeds: 1, spread: 0, design: "weights" },
    ];
    return [...seeded, ...designed].map(cellOf);
  });
}

function cellOf(recipe: Recipe): Cell {
  const { kind, setting, rows, runs, seeds } = recipe;
  const id = [kind, rows, setting, metrics.join(" ")].join("|");
  return { id, runs, cost: rows * seeds * 4, simulate: (random) => simulate(recipe, random) };
}

function simulate({ rows, seeds, spread, design }: Recipe, random: Random): Tally {
  const normal = createNormal(random);
  const { separation, threshold } = modelsAt.get(rate) ?? { separation: 0, threshold: 0 };
  const side = () => Array.from({ length: seeds }, () => separation + spread * normal());
  const models = { rows, rate, threshold };
  const separations = [side(), side()];
  const { sides, groups, weights } = design
    ? drawDesigned(design, models, separations, random)
    : { sides: drawSeeds(models, separations, random), groups: undefined, weights: undefined };
  const [baseline = [], candidate = []] = sides;
  const [first] = baseline;
  if (first === undefined) throw new Error("Models were drawn and none came back.");
  const { comparisons } = evaluateModels({
    task: "binary",
    truth: asTruth(first),
    design: asDesign(groups, weights),
    positive: "1",
    metrics,
    lowerIsBetter: [],
    candidate: candidate.map(asPredictions),
    baseline: baseline.map(asPredictions),
  });
  const counts = tallyComparisons(comparisons);
  for (const { metric, change } of comparisons)
    if (isCalledByRows(metric, change ?? 0, baseline, candidate)) counts[`${metric}|naive`] = 1;
  return counts;
}

/** What would be called if there were no seeds and no groups: the means of the trainings by the rows' noise alone. */
function isCalledByRows(metric: string, change: number, ...sides: (readonly LabelledRows[])[]): boolean {
  const found = metricFor(metric, "binary");
  if ("undefinedBecause" in found) throw new Error(found.undefinedBecause);
  return Math.abs(change) > z95 * (rowNoise(found, sides, undefined)?.of([-1, 1]).error ?? Number.NaN);
}

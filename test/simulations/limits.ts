import { markdownTable } from "markdown-table";
import { evaluateModels } from "../../src/evaluation/evaluate-models.ts";
import { decideChange } from "../../src/gates/decide.ts";
import type { Task } from "../../src/spec/spec.ts";
import type { Random } from "../../src/statistics/random.ts";
import {
  type BinaryLimit,
  type Drawn,
  drawBinaryLimit,
  drawMultilabelLimit,
  drawRegressionLimit,
  type LimitDesign,
  type MultilabelLimit,
  type TrueValues,
  trueBinaryPair,
  trueMultilabelPair,
  trueRegressionPair,
} from "./limit-models.ts";
import type { RegressionModels } from "./regression-models.ts";
import { type Cell, monteCarloError, percent, type Size, type Tally } from "./simulation.ts";

/** A drop just past the margin passes in at most this share of all simulations. */
const mostWrongPasses = 0.025;
/** In any one setting it is what ranges that hold 93 of 100 truths leave on one side, two Monte Carlo errors allowed. */
const mostInOne = 0.035;
/** The margin is a little less than the true drop. */
const justPast = 0.999;

const labels = ["accuracy", "recall", "precision", "f1", "balanced_accuracy"];
const scores = ["roc_auc", "log_loss"];
const designs: readonly LimitDesign[] = ["plain", "rare groups", "weights of 0"];

/** Forty positive rows of 2,000; and nearly all of them found by either model, so that few rows tell the two apart. */
const usual: BinaryLimit = { rows: 2_000, rate: 0.02, threshold: 2.4, separations: [2.65, 2.5] };
const nearlyAll: BinaryLimit = { rows: 2_000, rate: 0.02, threshold: 2.6, separations: [5, 4.4] };
const regression: RegressionModels = { rows: 200, tails: "normal", scales: [20, 21] };
const multilabel: MultilabelLimit = { rows: 1_500, rates: [0.03, 0.05, 0.08], found: [0.99, 0.95], alarms: 0.05 };

interface Limit {
  setting: string;
  rows: number;
  task: Task;
  metrics: readonly string[];
  truths: TrueValues;
  draw(random: Random): Drawn;
}

/** How often no-worse-than passes a candidate that is truly worse by a little more than the margin, by the way that evidence goes. */
export function limitCells(size: Size): Cell[] {
  const runs = size === "full" ? 1_000 : 200;
  const cells = designs.flatMap((design) => [
    ...[usual, nearlyAll].map((models) => cellOf(binaryLimit(models, design, [...labels, ...scores]), runs, 4)),
    cellOf(
      {
        setting: `three labels, ${design}`,
        rows: multilabel.rows,
        task: "multilabel",
        metrics: ["recall_macro", "hamming_loss"],
        truths: trueMultilabelPair(multilabel),
        draw: (random) => drawMultilabelLimit(multilabel, design, random),
      },
      runs,
      2,
    ),
  ]);
  const numbers = (["plain", "weights of 0"] satisfies LimitDesign[]).map((design) =>
    cellOf(
      {
        setting: `normal errors, ${design}`,
        rows: regression.rows,
        task: "regression",
        metrics: ["root_mean_squared_error"],
        truths: trueRegressionPair(regression),
        draw: (random) => drawRegressionLimit(regression, design, random),
      },
      runs,
      2,
    ),
  );
  // Resampled where rows are plain, which costs a hundred times as much.
  const precise = designs.map((design) => {
    const isPlain = design === "plain";
    return cellOf(binaryLimit(usual, design, ["average_precision"]), isPlain ? runs / 5 : runs, isPlain ? 200 : 4);
  });
  return [...cells, ...numbers, ...precise];
}

function binaryLimit(models: BinaryLimit, design: LimitDesign, metrics: readonly string[]): Limit {
  return {
    setting: `${models === usual ? "rare positives" : "nearly all found"}, ${design}`,
    rows: models.rows,
    task: "binary",
    metrics,
    truths: trueBinaryPair(models),
    draw: (random) => drawBinaryLimit(models, design, random),
  };
}

function cellOf(limit: Limit, runs: number, price: number): Cell {
  const { setting, rows, metrics } = limit;
  const id = ["limit", rows, setting, metrics.join(" ")].join("|");
  return { id, runs, cost: rows * price, simulate: (random) => tally(limit, random) };
}

function tally({ task, metrics, truths, draw }: Limit, random: Random): Tally {
  const { truth, design, baseline, candidate } = draw(random);
  const { comparisons } = evaluateModels({
    task,
    truth,
    design,
    positive: task === "binary" ? "1" : undefined,
    metrics,
    lowerIsBetter: [],
    baseline: [baseline],
    candidate: [candidate],
  });
  const counts: Tally = {};
  for (const comparison of comparisons) {
    const { metric, change, interval } = comparison;
    const [before = Number.NaN, after = Number.NaN] = truths.map((values) => values[metric]);
    const margin = justPast * Math.abs(after - before);
    const gate = { kind: "no-worse-than", metric, margin, position: { file: "assay.yml", line: 1, column: 1 } } as const;
    counts[`${metric}|all`] = 1;
    if (interval === undefined) counts[`${metric}|no interval`] = 1;
    else if (decideChange(gate, comparison, change ?? Number.NaN).outcome === "pass") counts[`${metric}|pass`] = 1;
  }
  return counts;
}

interface Line {
  metric: string;
  setting: string;
  rows: number;
  passes: number;
  without: number;
  runs: number;
}

export function reportLimits(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies].flatMap(([id, tally]) => {
    const [kind, rows = "", setting = "", metrics = ""] = id.split("|");
    if (kind !== "limit") return [];
    return metrics.split(" ").map((metric): Line => {
      const count = (what: string) => tally[`${metric}|${what}`] ?? 0;
      return { metric, setting, rows: Number(rows), passes: count("pass"), without: count("no interval"), runs: count("all") };
    });
  });
  const marginOf = ({ passes, runs }: Line) => mostInOne + 2 * monteCarloError(mostInOne, runs) - passes / runs;
  const worst = lines.reduce((a, b) => (marginOf(b) < marginOf(a) ? b : a));
  const broken = lines.filter((line) => marginOf(line) < 0);
  const bold = (line: Line) => (marginOf(line) < 0 ? "**" : "");
  const text = markdownTable(
    [
      ["metric", "setting", "rows", "passes", "no interval", "simulations"],
      ...lines
        .toSorted((a, b) => (a.metric < b.metric ? -1 : a.metric === b.metric ? 0 : 1))
        .map((line) => [
          line.metric,
          line.setting,
          line.rows.toLocaleString("en"),
          `${bold(line)}${percent(line.passes, line.runs)}${bold(line)}`,
          percent(line.without, line.runs),
          line.runs.toLocaleString("en"),
        ]),
    ],
    { align: ["l", "l", "r", "r", "r", "r"] },
  );
  const total = (of: (line: Line) => number) => lines.reduce((sum, line) => sum + of(line), 0);
  const [passes, runs] = [total((line) => line.passes), total((line) => line.runs)];
  const said =
    `a drop just past the margin passes in ${percent(passes, runs)} of all simulations and has to in at most ${percent(mostWrongPasses, 1)}; ` +
    `${broken.length} of ${lines.length} settings above ${percent(mostInOne, 1)}, two Monte Carlo errors allowed; most: ${worst.metric}, ` +
    `${worst.setting}: ${percent(worst.passes, worst.runs)} of ${worst.runs}`;
  return {
    table: { title: "A true drop just past the margin of no-worse-than: how often it passes", text },
    said,
    kept: broken.length === 0 && passes / runs <= mostWrongPasses,
  };
}

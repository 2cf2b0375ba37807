import { markdownTable } from "markdown-table";
import type { Rows } from "../../src/evaluation/rows.ts";
import { compareRows } from "../evaluation/create.ts";
import { type BinaryModels, drawBinary, modelsAt, trueBinary } from "./binary-models.ts";
import { tallyComparisons } from "./called.ts";
import { drawRegression, type RegressionModels, type Tails } from "./regression-models.ts";
import { retrainedCells } from "./retrained.ts";
import { type Cell, monteCarloError, percent, type Simulation, type Size, type Tally } from "./simulation.ts";

/** Equal models are told apart in at most this share, plus two Monte Carlo errors. */
const mostFalse = 0.05;
/** A change of 5 points in 20,000 rows is found in at least this share. */
const leastFound = 0.95;
const leastIntervals = 100;

/** How often two models are called different: equal ones, the same recipe trained again, and ones that differ by 5 points. */
export const aa: Simulation = { name: "aa", cells, report };

function cells(size: Size): Cell[] {
  const runs = (rows: number) => (size === "full" ? 4_000 : rows > 10_000 ? 100 : 400);
  return [
    ...[200, 2_000, 20_000].flatMap((rows) => [
      ...[...modelsAt].map(([rate, { separation, threshold }]) =>
        binaryCell("equal", { rows, rate, threshold, separations: [separation, separation] }, runs(rows), [
          "accuracy",
          "f1",
          "roc_auc",
        ]),
      ),
      ...(["normal", "t3"] satisfies Tails[]).map((tails) =>
        regressionCell("equal", { rows, tails, scales: [20, 20] }, runs(rows)),
      ),
    ]),
    ...["accuracy", "f1", "roc_auc"].map((metric) =>
      binaryCell("5 points", worseBy(0.05, metric), size === "full" ? 1_000 : 50, [metric]),
    ),
    regressionCell("5 points", { rows: 20_000, tails: "normal", scales: [20, 21] }, size === "full" ? 1_000 : 50),
    ...retrainedCells(size),
  ];
}

function binaryCell(kind: string, models: BinaryModels, runs: number, metrics: readonly string[]): Cell {
  const id = [kind, models.rows, `base rate ${models.rate}`, metrics.join(" ")].join("|");
  return { id, runs, cost: models.rows, simulate: (random) => tally("binary", metrics, drawBinary(models, random)) };
}

function regressionCell(kind: string, models: RegressionModels, runs: number): Cell {
  const metrics = ["root_mean_squared_error"];
  const id = [kind, models.rows, `${models.tails} errors`, metrics.join(" ")].join("|");
  return { id, runs, cost: models.rows, simulate: (random) => tally("regression", metrics, drawRegression(models, random)) };
}

/** A candidate whose metric is truly that much lower. */
function worseBy(points: number, metric: string): BinaryModels {
  const rate = 0.2;
  const { separation, threshold } = modelsAt.get(rate) ?? { separation: 0, threshold: 0 };
  const wanted = (trueBinary(rate, threshold, separation)[metric] ?? Number.NaN) - points;
  let [low, high] = [-5, separation];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if ((trueBinary(rate, threshold, middle)[metric] ?? Number.NaN) < wanted) low = middle;
    else high = middle;
  }
  return { rows: 20_000, rate, threshold, separations: [separation, low] };
}

function tally(task: "binary" | "regression", metrics: readonly string[], [baseline, candidate]: [Rows, Rows]): Tally {
  return tallyComparisons(metrics.map((metric) => compareRows(metric, task, baseline, candidate)));
}

interface Line {
  kind: string;
  rows: string;
  setting: string;
  metric: string;
  called: number;
  /** Called where seeds, or groups, are not thought of. */
  naive: number;
  /** Called in any of the metrics. */
  any: number;
  intervals: number;
  all: number;
  /** Above 0: inside what is promised, two Monte Carlo errors allowed. */
  margin: number;
}

function linesOf([id, tally]: [string, Tally]): Line[] {
  const [kind = "", rows = "", setting = "", metrics = ""] = id.split("|");
  const names = metrics.split(" ");
  // Of one metric the headline is its interval.
  return [...names, ...(names.length > 1 ? ["headline"] : [])].map((metric) => {
    const count = (what: string) => tally[`${metric}|${what}`] ?? 0;
    const called = count("called");
    const intervals = called + count("not called");
    const word = kind === "5 points" ? leastFound : mostFalse;
    const allowed = 2 * monteCarloError(word, intervals);
    const margin = kind === "5 points" ? called / intervals - word + allowed : word + allowed - called / intervals;
    const all = intervals + count("unknown");
    return { kind, rows, setting, metric, called, naive: count("naive"), any: tally["any|called"] ?? 0, intervals, all, margin };
  });
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies].flatMap(linesOf);
  const judged = lines.filter(({ intervals }) => intervals >= Math.min(leastIntervals, 40));
  const worst = judged.reduce((a, b) => (b.margin < a.margin ? b : a));
  const broken = judged.filter(({ margin }) => margin < 0);
  const share = (line: Line) => {
    const text = judged.includes(line) ? percent(line.called, line.intervals) : "–";
    return line.margin < 0 && judged.includes(line) ? `**${text}**` : text;
  };
  const table = (kind: string, called: string, last: string, lastOf: (line: Line) => string) =>
    markdownTable(
      [
        ["metric", "setting", "rows", called, last, "simulations"],
        ...lines
          .filter((line) => line.kind === kind && !(kind === "equal" && line.metric === "headline"))
          .sort((a, b) => (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : 0))
          .map((line) => [
            line.metric,
            line.setting,
            Number(line.rows).toLocaleString("en"),
            share(line),
            lastOf(line),
            line.all.toLocaleString("en"),
          ]),
      ],
      { align: ["l", "l", "r", "r", "r", "r"] },
    );
  const withoutInterval = (line: Line) => percent(line.all - line.intervals, line.all);
  const naive = (line: Line) => (line.metric === "headline" ? "" : percent(line.naive, line.all));
  const headlines = markdownTable(
    [
      ["rows", "setting", "any of accuracy, F1 and AUC", "headline (Holm)", "simulations"],
      ...lines
        .filter(({ kind, metric }) => kind === "equal" && metric === "headline")
        .map((line) => [
          Number(line.rows).toLocaleString("en"),
          line.setting,
          percent(line.any, line.all),
          share(line),
          line.all.toLocaleString("en"),
        ]),
    ],
    { align: ["r", "l", "r", "r", "r"] },
  );
  return {
    tables: [
      {
        title: "Two equal models, one training a side",
        text: table("equal", "called different", "no interval", withoutInterval),
      },
      { title: "Two equal models, several metrics: called different", text: headlines },
      {
        title: "The same recipe trained again, three seeds a side",
        text: table("retrained", "called different", "without the seeds' variance", naive),
      },
      {
        title: "Two equal models on rows in groups or with weights",
        text: table("designed", "called different", "as if rows were independent", naive),
      },
      { title: "A true change of 5 points (of RMSE 5%)", text: table("5 points", "called", "no interval", withoutInterval) },
    ],
    worst:
      `${broken.length} of ${judged.length} cells outside (equal ones called at most ${percent(mostFalse, 1)}, 5 points at least ${percent(leastFound, 1)}, ` +
      `two Monte Carlo errors allowed); worst: ${worst.metric}, ${worst.kind}, ${worst.setting}, ${worst.rows} rows: ` +
      `${percent(worst.called, worst.intervals)} of ${worst.intervals}`,
    kept: broken.length === 0,
  };
}

import { markdownTable } from "markdown-table";
import { compareRows } from "../../src/evaluation/compare-models.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import { type BinaryModels, drawBinary, modelsAt, trueBinary } from "./binary-models.ts";
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
  const counts: Tally = { any: 0 };
  for (const metric of metrics) {
    const { interval, change } = compareRows(metric, task, baseline, candidate);
    const called = interval === undefined ? "unknown" : interval.low > 0 || interval.high < 0 ? "called" : "not called";
    counts[`${metric}|${called}`] = 1;
    if (called === "called") counts["any"] = 1;
    if (called === "called" && (change ?? 0) < 0) counts[`${metric}|lower`] = 1;
  }
  return counts;
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies].flatMap(([id, tally]) => {
    const [kind = "", rows = "", setting = "", metrics = ""] = id.split("|");
    return metrics.split(" ").map((metric) => {
      const count = (what: string) => tally[`${metric}|${what}`] ?? 0;
      const intervals = count("called") + count("not called");
      const [share, error] = [
        count("called") / intervals,
        monteCarloError(kind === "5 points" ? leastFound : mostFalse, intervals),
      ];
      const margin = kind === "5 points" ? share - leastFound + 2 * error : mostFalse + 2 * error - share;
      const all = intervals + count("unknown");
      return { kind, rows, setting, metric, called: count("called"), averaged: count("averaged"), intervals, all, margin };
    });
  });
  type Line = (typeof lines)[number];
  const judged = lines.filter(({ intervals }) => intervals >= Math.min(leastIntervals, 40));
  const worst = judged.reduce((a, b) => (b.margin < a.margin ? b : a));
  const broken = judged.filter(({ margin }) => margin < 0);
  const share = (line: Line) => {
    const text = judged.includes(line) ? percent(line.called, line.intervals) : "–";
    return line.margin < 0 && judged.includes(line) ? `**${text}**` : text;
  };
  const table = (kind: string, called: string) => {
    const chosen = lines
      .filter((line) => line.kind === kind)
      .sort((a, b) => (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : 0));
    const retrained = kind === "retrained";
    return markdownTable(
      [
        ["metric", "setting", "rows", called, ...(retrained ? ["without the seeds' variance"] : ["no interval"]), "simulations"],
        ...chosen.map((line) => [
          line.metric,
          line.setting,
          Number(line.rows).toLocaleString("en"),
          share(line),
          retrained ? percent(line.averaged, line.all) : percent(line.all - line.intervals, line.all),
          line.all.toLocaleString("en"),
        ]),
      ],
      { align: ["l", "l", "r", "r", "r", "r"] },
    );
  };
  const any = [...tallies].filter(([id]) => id.startsWith("equal|") && id.includes("f1"));
  const anyTable = markdownTable(
    [
      ["rows", "setting", "any of accuracy, F1 and AUC called"],
      ...any.map(([id, tally]) => {
        const [, rows = "", setting = ""] = id.split("|");
        const runs = (tally["roc_auc|called"] ?? 0) + (tally["roc_auc|not called"] ?? 0) + (tally["roc_auc|unknown"] ?? 0);
        return [Number(rows).toLocaleString("en"), setting, percent(tally["any"] ?? 0, runs)];
      }),
    ],
    { align: ["r", "l", "r"] },
  );
  return {
    tables: [
      { title: "Two equal models, one training a side", text: table("equal", "called different") },
      { title: "Two equal models, several metrics without a correction", text: anyTable },
      { title: "The same recipe trained again, three seeds a side", text: table("retrained", "called different") },
      { title: "A true change of 5 points (of RMSE 5%)", text: table("5 points", "called") },
    ],
    worst:
      `${broken.length} of ${judged.length} cells outside (equal ones called at most ${percent(mostFalse, 1)}, 5 points at least ${percent(leastFound, 1)}, ` +
      `two Monte Carlo errors allowed); worst: ${worst.metric}, ${worst.kind}, ${worst.setting}, ${worst.rows} rows: ` +
      `${percent(worst.called, worst.intervals)} of ${worst.intervals}`,
    kept: broken.length === 0,
  };
}

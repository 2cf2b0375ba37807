import { markdownTable } from "markdown-table";
import { compareTrainings } from "../../src/evaluation/compare-trainings.ts";
import { measureTrainings, metricFor } from "../../src/evaluation/measure-trainings.ts";
import type { Rows } from "../../src/evaluation/rows.ts";
import type { Groups } from "../../src/statistics/groups.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import { type BinaryModels, type Design, drawBinary, drawDesigned, modelsAt, trueBinary } from "./binary-models.ts";
import { drawRegression, type RegressionModels, type Tails, trueRegression } from "./regression-models.ts";
import { type Cell, monteCarloError, percent, type Simulation, type Size, type Tally } from "./simulation.ts";

/** Of 100 intervals at least this many hold the true value, less two Monte Carlo errors. */
const word = 0.93;
/** A cell in which the guard is met more rarely says nothing. */
const leastIntervals = 100;

const main = {
  binary: ["accuracy", "f1", "roc_auc"],
  regression: ["root_mean_squared_error"],
};
/** The rest of the metrics, on smaller tables and in fewer runs, since some of them resample. */
const others = {
  binary: ["balanced_accuracy", "precision", "recall", "matthews_corrcoef", "average_precision", "log_loss", "brier_score"],
  regression: ["mean_absolute_error", "mean_squared_error", "mean_absolute_percentage_error", "median_absolute_error", "r2"],
};

/** Share of 95% intervals, of the paired change and of the value, that hold the truth. */
export const coverage: Simulation = { name: "coverage", cells, report };

function cells(size: Size): Cell[] {
  const runs = (full: number, quick: number) => (size === "full" ? full : quick);
  return [
    ...[200, 2_000, 20_000].flatMap((rows) => cellsOf("main", rows, runs(4_000, rows > 10_000 ? 100 : 400), main, 1)),
    ...(size === "full" ? [200, 2_000] : [200]).flatMap((rows) =>
      cellsOf("others", rows, runs(rows === 200 ? 400 : 150, 100), others, 100),
    ),
    ...(size === "full" ? [2_000, 20_000] : [2_000]).flatMap((rows) =>
      (["groups", "weights"] satisfies Design[]).flatMap((design) => {
        return designedCells(design, rows, runs(rows > 10_000 ? 1_000 : 4_000, 200));
      }),
    ),
  ];
}

function cellsOf(group: string, rows: number, runs: number, metrics: typeof main, price: number): Cell[] {
  const cost = rows * price;
  const changes = ["no change", "a change"] as const;
  const binary = [...modelsAt].flatMap(([rate, { separation, better, threshold }]) =>
    changes.map((change): Cell => {
      const models: BinaryModels = {
        rows,
        rate,
        threshold,
        separations: [separation, change === "a change" ? better : separation],
      };
      const [theirs, ours] = models.separations.map((own) => trueBinary(rate, threshold, own));
      const id = [group, "binary", rows, `base rate ${rate}`, change].join("|");
      const draw: Cell["simulate"] = (random) => tally(metrics.binary, "binary", drawBinary(models, random), [theirs, ours]);
      return { id, runs, cost, simulate: draw };
    }),
  );
  const regression = (["normal", "t3"] satisfies Tails[]).flatMap((tails) =>
    changes.map((change): Cell => {
      const models: RegressionModels = { rows, tails, scales: [20, change === "a change" ? 18 : 20] };
      const [theirs, ours] = models.scales.map((scale) => trueRegression(tails, scale));
      const id = [group, "regression", rows, `${tails} errors`, change].join("|");
      return {
        id,
        runs,
        cost,
        simulate: (random) => tally(metrics.regression, "regression", drawRegression(models, random), [theirs, ours]),
      };
    }),
  );
  return [...binary, ...regression];
}

/** Rows in groups of about ten, or with weights. */
function designedCells(design: Design, rows: number, runs: number): Cell[] {
  return [...modelsAt].flatMap(([rate, { separation, better, threshold }]) =>
    (["no change", "a change"] as const).map((change): Cell => {
      const separations = [separation, change === "a change" ? better : separation];
      const truths = separations.map((own) => trueBinary(rate, threshold, own));
      const simulate: Cell["simulate"] = (random) => {
        const { sides, groups } = drawDesigned(
          design,
          { rows, rate, threshold },
          separations.map((own) => [own]),
          random,
        );
        const [baseline, candidate] = [sides[0]?.[0], sides[1]?.[0]];
        if (!baseline || !candidate) throw new Error("Two models were drawn and fewer came back.");
        return tally(main.binary, "binary", [baseline, candidate], truths, groups);
      };
      return {
        id: ["designed", "binary", rows, `${design}, base rate ${rate}`, change].join("|"),
        runs,
        cost: 2 * rows,
        simulate,
      };
    }),
  );
}

type Truths = (Record<string, number> | undefined)[];

function tally(
  metrics: readonly string[],
  task: "binary" | "regression",
  [baseline, candidate]: [Rows, Rows],
  truths: Truths,
  groups?: Groups | undefined,
) {
  const counts: Tally = {};
  const add = (metric: string, what: string) => {
    counts[`${metric}|${what}`] = (counts[`${metric}|${what}`] ?? 0) + 1;
  };
  for (const metric of metrics) {
    const found = metricFor(metric, task);
    const [before = Number.NaN, after = Number.NaN] = truths.map((values) => values?.[metric]);
    const { interval, identical } = compareTrainings(metric, found, [baseline], [candidate], groups);
    if (identical) add(metric, "identical");
    else if (interval) add(metric, `change ${where(after - before, interval)}`);
    else add(metric, "change unknown");
    const value = measureTrainings(metric, found, [candidate], groups);
    add(metric, value.interval ? `value ${where(after, value.interval)}` : "value unknown");
  }
  return counts;
}

function where(truth: number, { low, high }: Interval): string {
  return truth < low ? "above" : truth > high ? "below" : "held";
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const lines = [...tallies].flatMap(([id, tally]) => {
    const [group = "", task, rows = "", setting = "", change = ""] = id.split("|");
    const names = (group === "others" ? others : main)[task === "binary" ? "binary" : "regression"];
    return names.flatMap((metric) =>
      (["change", "value"] as const).map((of) => {
        const count = (what: string) => tally[`${metric}|${what}`] ?? 0;
        const held = count(`${of} held`);
        const intervals = held + count(`${of} above`) + count(`${of} below`);
        const identical = of === "change" ? count("identical") : 0;
        const all = intervals + identical + count(`${of} unknown`);
        return { group, metric, rows, setting, change, of, held, intervals, all, identical };
      }),
    );
  });
  type Line = (typeof lines)[number];
  const margin = ({ held, intervals }: Line) => held / intervals - word + 2 * monteCarloError(word, intervals);
  const judged = lines.filter(({ intervals }) => intervals >= leastIntervals);
  const worst = judged.reduce((a, b) => (margin(b) < margin(a) ? b : a));
  const broken = judged.filter((line) => margin(line) < 0);
  const share = (line: Line) =>
    line.intervals < leastIntervals
      ? "–"
      : `${margin(line) < 0 ? "**" : ""}${percent(line.held, line.intervals)}${margin(line) < 0 ? "**" : ""}`;
  const table = (group: string, of: Line["of"]) => {
    const chosen = lines.filter((line) => line.group === group && line.of === of);
    const pairs = Map.groupBy(chosen, ({ metric, setting, rows }) => `${metric}|${setting}|${rows}`);
    const order = [...pairs.values()].sort(([a], [b]) =>
      (a?.metric ?? "") < (b?.metric ?? "") ? -1 : a?.metric === b?.metric ? 0 : 1,
    );
    const header = ["metric", "setting", "rows", "held no change", "held a change", "no interval", "identical", "simulations"];
    const cellsOfPair = (pair: readonly Line[]) => {
      const [line] = pair;
      const sum = (count: (line: Line) => number) => pair.reduce((total, one) => total + count(one), 0);
      const all = sum((one) => one.all);
      return [
        line?.metric ?? "",
        line?.setting ?? "",
        Number(line?.rows).toLocaleString("en"),
        ...pair.map(share),
        percent(
          sum((one) => one.all - one.intervals - one.identical),
          all,
        ),
        ...(of === "change"
          ? [
              percent(
                sum(({ identical }) => identical),
                all,
              ),
            ]
          : []),
        `2 × ${(all / 2).toLocaleString("en")}`,
      ];
    };
    return markdownTable([header.filter((name) => of === "change" || name !== "identical"), ...order.map(cellsOfPair)], {
      align: ["l", "l", "r", "r", "r", "r", "r", "r"],
    });
  };
  return {
    tables: [
      { title: "Paired interval of the change", text: table("main", "change") },
      { title: "Interval of one model's value", text: table("main", "value") },
      { title: "Paired interval of the change, rows in groups or with weights", text: table("designed", "change") },
      { title: "Interval of one model's value, rows in groups or with weights", text: table("designed", "value") },
      { title: "Paired interval of the change, further metrics", text: table("others", "change") },
      { title: "Interval of one model's value, further metrics", text: table("others", "value") },
    ],
    worst:
      `${broken.length} of ${judged.length} cells below ${percent(word, 1)} less two Monte Carlo errors; worst: ${worst.metric}, ${worst.of}, ` +
      `${worst.setting}, ${worst.rows} rows, ${worst.change}: ${percent(worst.held, worst.intervals)} of ${worst.intervals}`,
    kept: broken.length === 0,
  };
}

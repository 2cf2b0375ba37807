import type { TopLevelSpec } from "vega-lite";
import type { Evidence, Pictures } from "../../evidence/evidence.ts";
import { visible } from "../../markdown/escape.ts";
import { quantitiesOf } from "./history-names.ts";
import type { Chart } from "./vega.ts";

type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Both models of one evaluation, whichever has pictures. */
export interface PicturePair {
  baseline: Pictures | undefined;
  candidate: Pictures | undefined;
}

/** A chart under a title, in a group such as `ROC curves`. */
export interface TitledChart extends Chart {
  group: string;
  title: string;
}

/** Small multiples past this many are not looked at; the page says how many were left out. */
export const maxCurves = 8;

const width = 300;
const height = 210;

/** Order in which both are drawn: baseline below, candidate on top. */
const models = ["Baseline", "Candidate"] as const;

const modelColor = {
  field: "series",
  type: "nominal",
  scale: { domain: [...models], range: ["var(--base-line)", "var(--cand)"] },
  legend: null,
} as const;

export function rocCharts(pair: PicturePair): TitledChart[] {
  return curveCharts(pair, "roc", {
    group: "ROC curves",
    x: "False positive rate",
    y: "True positive rate",
    diagonal: true,
  });
}

export function precisionRecallCharts(pair: PicturePair): TitledChart[] {
  return curveCharts(pair, "precisionRecall", { group: "Precision and recall", x: "Recall", y: "Precision", diagonal: false });
}

/** Share of rows that are of the class over the predicted probability. */
export function calibrationCharts(pair: PicturePair): TitledChart[] {
  return curveCharts(pair, "calibration", {
    group: "Calibration",
    x: "Predicted probability",
    y: "Share of the class",
    diagonal: true,
  });
}

interface CurveWords {
  group: string;
  x: string;
  y: string;
  /** The line of a model that guesses. */
  diagonal: boolean;
}

function curveCharts(
  { baseline, candidate }: PicturePair,
  kind: "roc" | "precisionRecall" | "calibration",
  words: CurveWords,
): TitledChart[] {
  const curves = { Baseline: baseline?.[kind] ?? [], Candidate: candidate?.[kind] ?? [] };
  const labels = [...new Set([...curves.Candidate, ...curves.Baseline].map(({ label }) => label))];
  return labels.map((label) => {
    const values = models.flatMap((series) =>
      (curves[series].find((curve) => curve.label === label)?.points ?? []).map(([x, y], order) => ({ x, y, order, series })),
    );
    const title = labels.length === 1 ? "" : visible(label, 60);
    const axis = { format: ".1~f", tickCount: 5 };
    const scale = { domain: [0, 1] };
    const line: Layer = {
      data: { values },
      mark: {
        type: "line",
        strokeWidth: 2,
        interpolate: kind === "precisionRecall" ? "step-after" : "linear",
        // Bins are points; between them nothing was measured.
        ...(kind === "calibration" ? { point: { size: 28 } } : {}),
      },
      encoding: {
        x: { field: "x", type: "quantitative", title: words.x, scale, axis },
        y: { field: "y", type: "quantitative", title: words.y, scale, axis },
        order: { field: "order", type: "quantitative" },
        color: modelColor,
      },
    };
    const spec: TopLevelSpec = {
      width,
      height,
      layer: words.diagonal ? [diagonal, line] : [line],
    };
    return {
      group: words.group,
      title,
      label: `${words.group}${title === "" ? "" : ` of class ${title}`}${baseline ? ", baseline and candidate" : ""}`,
      spec,
    };
  });
}

const diagonal: Layer = {
  data: { values: [{ x: 0, y: 0, x2: 1, y2: 1 }] },
  mark: { type: "rule", strokeDash: [2, 4], color: "var(--base)" },
  encoding: {
    x: { field: "x", type: "quantitative" },
    y: { field: "y", type: "quantitative" },
    x2: { field: "x2" },
    y2: { field: "y2" },
  },
};

/** Histograms of prediction − target over each other, as density, since their bins need not be the same. */
export function residualCharts({ baseline, candidate }: PicturePair): TitledChart[] {
  const values = [...steps(baseline?.residuals, "Baseline"), ...steps(candidate?.residuals, "Candidate")];
  if (values.length === 0) return [];
  const encoding = {
    x: { field: "x", type: "quantitative", title: "Prediction − target", axis: { tickCount: 6, grid: false } },
    y: { field: "y", type: "quantitative", title: "Density of rows", axis: { labels: false, grid: false } },
  } as const;
  const of = (series: string) => ({ values: values.filter((value) => value.series === series) });
  const spec: TopLevelSpec = {
    width: 300,
    height,
    layer: [
      { data: of("Baseline"), mark: { type: "area", interpolate: "step-after", color: "var(--base)", opacity: 0.45 }, encoding },
      {
        data: of("Candidate"),
        mark: { type: "line", interpolate: "step-after", color: "var(--cand)", strokeWidth: 2 },
        encoding,
      },
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: "rule", strokeDash: [2, 4], color: "var(--muted)" },
        encoding: { x: { field: "zero", type: "quantitative" } },
      },
    ],
  };
  return [
    {
      group: "Residuals",
      title: "",
      label: `Histogram of prediction minus target${baseline ? ", baseline and candidate" : ""}`,
      spec,
    },
  ];
}

function steps(residuals: Pictures["residuals"], series: string): { x: number; y: number; series: string }[] {
  if (residuals === undefined) return [];
  const { edges, counts } = residuals;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const points = counts.flatMap((count, index) => {
    const [from, to] = [edges[index], edges[index + 1]];
    if (from === undefined || to === undefined || to <= from || rows === 0) return [];
    return [{ x: from, y: count / rows / (to - from), series }];
  });
  const end = edges[counts.length];
  return end === undefined || points.length === 0 ? points : [...points, { x: end, y: 0, series }];
}

/** Most epochs a line is drawn with. */
const maxEpochs = 500;
const maxHistories = 4;

export interface HistoryChart extends TitledChart {
  /** Whether there is a line of rows that were held out. */
  heldOut: boolean;
}

/**
 * Loss and the like over epochs, one chart a quantity: of the rows trained on, and dashed of those held out. Both are the
 * candidate's. Quantities with both come first.
 */
export function historyCharts(evidence: Evidence | undefined): HistoryChart[] {
  const training = evidence?.trainings.find(({ history }) => history && Object.keys(history).length > 0);
  const history = training?.history ?? {};
  const unit = training?.historyAt?.unit ?? "epoch";
  const quantities = quantitiesOf(Object.keys(history)).slice(0, maxHistories);
  return quantities.flatMap(({ quantity, names }): HistoryChart[] => {
    const held = overTime(history[names.heldOut ?? ""], training?.historyAt?.at, "Held-out rows");
    const values = [...overTime(history[names.trained ?? ""], training?.historyAt?.at, "Training rows"), ...held];
    if (values.length === 0) return [];
    const heldOut = held.length > 0;
    const title = visible(quantity, 60);
    const spec: TopLevelSpec = {
      width,
      height,
      data: { values },
      mark: { type: "line", strokeWidth: 2, color: "var(--cand)" },
      encoding: {
        x: {
          field: "epoch",
          type: "quantitative",
          title: unit === "epoch" ? "Epoch" : "Step",
          scale: { nice: false },
          axis: { tickMinStep: 1, tickCount: 6, format: "d" },
        },
        y: { field: "value", type: "quantitative", title: null, scale: { zero: false }, axis: { tickCount: 5 } },
        strokeDash: {
          field: "series",
          type: "nominal",
          scale: {
            domain: ["Training rows", "Held-out rows"],
            range: [
              [1, 0],
              [4, 3],
            ],
          },
          legend: null,
        },
      },
    };
    return [
      {
        group: "Training",
        title,
        label: `${title} over ${unit}s, training rows${heldOut ? " and held-out rows" : ""}`,
        spec,
        heldOut,
      },
    ];
  });
}

function overTime(
  values: readonly (number | null)[] | undefined,
  at: readonly number[] | undefined,
  series: string,
): { epoch: number; value: number; series: string }[] {
  const all = (values ?? []).flatMap((value, index) =>
    value === null ? [] : [{ epoch: at?.[index] ?? index + 1, value, series }],
  );
  const every = Math.ceil(all.length / maxEpochs);
  return all.filter((_, index) => index % every === 0 || index === all.length - 1);
}

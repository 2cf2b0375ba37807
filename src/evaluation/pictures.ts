import type { Pictures } from "../evidence/evidence.ts";
import { sizesOf } from "../statistics/roc-auc.ts";
import { tieFrom } from "../statistics/ties.ts";
import { calibrationBins, type Forecasts } from "./metrics/calibration-bins.ts";
import { orderOf } from "./metrics/order.ts";
import { binaryScores, classProbabilities, classScores, isLabel } from "./metrics/probabilities.ts";
import type { LabelledRows, NumberedRows, Rows } from "./rows.ts";

const mostPoints = 200;
/** Points of all of a model's curves of one kind together, so that evidence stays small with many classes. */
const mostPointsTogether = 2_000;
const mostCurves = 20;
const mostLabels = 100;
const longestLabel = 200;
const mostBins = 60;
const calibrationBinsOfCurve = 10;

type Point = [number, number];

/** What the page draws of one model; a picture that its rows do not give is left out. */
export function drawPictures(rows: Rows): Pictures {
  if (rows.kind === "regression") return drawResiduals(rows);
  if (rows.kind !== "classification") return {};
  return { ...drawConfusion(rows), ...drawCurves(rows), ...drawCalibration(rows) };
}

function drawConfusion({ labels, truth, predicted }: LabelledRows): Pictures {
  if (labels.length > mostLabels || truth.length === 0) return {};
  const counts = labels.map(() => labels.map(() => 0));
  for (let row = 0; row < truth.length; row++) {
    const line = counts[truth[row] ?? 0];
    const column = predicted[row] ?? 0;
    if (line) line[column] = (line[column] ?? 0) + 1;
  }
  return { confusion: { labels: labels.map(shorten), counts } };
}

function drawCurves(rows: LabelledRows): Pictures {
  const rankings = rankingsOf(rows);
  if (rankings.length === 0 || rankings.length > mostCurves) return {};
  const points = Math.min(mostPoints, Math.floor(mostPointsTogether / rankings.length));
  const curves = rankings.map(({ label, scores, positive }) => ({
    label: shorten(label),
    ...sweep(scores, positive, rows.weights),
  }));
  return {
    roc: curves.map(({ label, roc }) => ({ label, points: thin(roc, points) })),
    precisionRecall: curves.map(({ label, precisionRecall }) => ({ label, points: thin(precisionRecall, points) })),
  };
}

function rankingsOf(rows: LabelledRows): { label: string; scores: Float64Array; positive: Uint8Array }[] {
  if (rows.task === "binary") {
    const found = binaryScores(rows);
    if ("undefinedBecause" in found || !hasBothClasses(found.positive, rows.weights)) return [];
    return [{ label: rows.labels[Number(rows.positive)] ?? "", ...found }];
  }
  const found = classScores(rows);
  if ("undefinedBecause" in found) return [];
  return found.columns.map(({ label, scores }) => ({ label: rows.labels[label] ?? "", scores, positive: isLabel(rows, label) }));
}

function hasBothClasses(positive: Uint8Array, weights: Float64Array | undefined): boolean {
  const { positives, negatives } = sizesOf(positive, weights);
  return positives > 0 && negatives > 0;
}

/** A curve's points, as two columns since there may be a million. */
interface Curve {
  x: Float64Array;
  y: Float64Array;
}

/** Both curves from the highest score down, by the rows' weights; ROC starts at the origin. */
function sweep(
  scores: Float64Array,
  positive: Uint8Array,
  weights: Float64Array | undefined,
): { roc: Curve; precisionRecall: Curve } {
  const order = orderOf(scores).toReversed();
  const { positives, negatives } = sizesOf(positive, weights);
  const falses = new Float64Array(order.length + 1);
  const trues = new Float64Array(order.length + 1);
  const precisions = new Float64Array(order.length + 1);
  let [found, alarms] = [0, 0];
  let points = 1;
  for (let start = 0; start < order.length; ) {
    const { end, tiedPositives, tiedNegatives } = tieFrom(start, scores, positive, order, weights);
    found += tiedPositives;
    alarms += tiedNegatives;
    start = end;
    // Rows without weight are no point.
    if (found + alarms === 0) continue;
    falses[points] = alarms / negatives;
    trues[points] = found / positives;
    precisions[points] = found / (found + alarms);
    points++;
  }
  return {
    roc: { x: falses.subarray(0, points), y: trues.subarray(0, points) },
    precisionRecall: { x: trues.subarray(1, points), y: precisions.subarray(1, points) },
  };
}

/** Of the positive class, or of each class; bins of equal width, as scikit-learn's `calibration_curve`. */
function drawCalibration(rows: LabelledRows): Pictures {
  const found = forecastsByClass(rows);
  if (found.length === 0 || found.length > mostCurves || rows.count === 0) return {};
  return {
    calibration: found.map(({ label, ...forecasts }) => ({
      label: shorten(label),
      points: calibrationBins(forecasts, calibrationBinsOfCurve, rows).map(
        ({ probability, share }): Point => [round(probability), round(share)],
      ),
    })),
  };
}

function forecastsByClass(rows: LabelledRows): (Forecasts & { label: string })[] {
  const found = classProbabilities(rows);
  if ("undefinedBecause" in found) return [];
  return [...found.byLabel].flatMap(([label, probabilities]) =>
    rows.task === "binary" && label !== rows.positive
      ? []
      : [{ label: rows.labels[label] ?? "", probabilities, came: isLabel(rows, label) }],
  );
}

/** Keeps both ends and points at about even steps along the curve. */
function thin({ x, y }: Curve, most: number): Point[] {
  const lengths = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++)
    lengths[i] = (lengths[i - 1] ?? 0) + Math.abs((x[i] ?? 0) - (x[i - 1] ?? 0)) + Math.abs((y[i] ?? 0) - (y[i - 1] ?? 0));
  const step = (lengths.at(-1) ?? 0) / (most - 1);
  const kept: Point[] = [];
  for (let i = 0; i < x.length; i++) {
    const isEnd = i === 0 || i === x.length - 1;
    if (x.length <= most || isEnd || (kept.length < most - 1 && (lengths[i] ?? 0) >= kept.length * step))
      kept.push([round(x[i] ?? 0), round(y[i] ?? 0)]);
  }
  return kept;
}

/** Equal bins as Freedman and Diaconis have them, 10 to 60. */
function drawResiduals({ truth, predicted }: NumberedRows): Pictures {
  const errors = predicted
    .map((value, row) => value - (truth[row] ?? 0))
    .filter(Number.isFinite)
    .sort();
  const [low, high] = [errors[0], errors.at(-1)];
  if (low === undefined || high === undefined || !Number.isFinite(high - low)) return {};
  if (high - low <= Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))) {
    const margin = Math.max(Math.abs(low), 1) / 2;
    return { residuals: { edges: [low - margin, high + margin], counts: [errors.length] } };
  }
  const quarter = Math.floor(errors.length / 4);
  const spread = (errors[errors.length - 1 - quarter] ?? high) - (errors[quarter] ?? low);
  const wanted = spread > 0 ? (high - low) / ((2 * spread) / Math.cbrt(errors.length)) : mostBins;
  const bins = Math.min(mostBins, Math.max(10, Math.ceil(wanted)));
  const counts = Array.from({ length: bins }, () => 0);
  for (const error of errors) {
    const bin = Math.min(bins - 1, Math.floor(((error - low) / (high - low)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { residuals: { edges: Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins), counts } };
}

function shorten(label: string): string {
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

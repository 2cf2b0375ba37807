import { averagePrecision } from "../../statistics/average-precision.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import { type ClassifiedRows, type ClassView, viewsOf } from "../classified-rows.ts";
import type { EstimatedMetric } from "./expected-metrics.ts";

/**
 * A metric of rows whose labels are known, as NannyML has it beside its estimates.
 * @param rows complete ones
 * @returns NaN where NannyML gives none, such as of rows of one class
 */
export function realizedMetric(name: EstimatedMetric, rows: ClassifiedRows): number {
  const { truth, predicted } = rows;
  const views = viewsOf(rows);
  const isBinary = views.length === 1;
  if (truth.length === 0) return Number.NaN;
  const isOneClass = areAllEqual(truth) || areAllEqual(predicted);
  if (name === "accuracy") {
    const right = truth.reduce((count, label, row) => count + (label === predicted[row] ? 1 : 0), 0);
    return isOneClass && !isBinary ? Number.NaN : right / truth.length;
  }
  if (name === "average_precision") return averageOf(views, ({ scores, truth }) => averagePrecision(scores, truth));
  if (name === "roc_auc") return averageOf(views, ({ scores, truth }) => rocAuc(scores, truth).auc);
  if (name === "specificity" && isBinary)
    return truth.every((label) => label === 1) ? Number.NaN : averageOf(views, (view) => byCounts(name, view));
  return isOneClass ? Number.NaN : averageOf(views, (view) => byCounts(name, view));
}

function averageOf(views: readonly ClassView[], measure: (view: ClassView) => number): number {
  return views.reduce((total, view) => total + measure(view), 0) / views.length;
}

function byCounts(name: "f1" | "precision" | "recall" | "specificity", { truth, predicted }: ClassView): number {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (const [row, label] of truth.entries()) {
    const said = predicted[row] === 1;
    if (label === 1) said ? tp++ : fn++;
    else said ? fp++ : tn++;
  }
  const share = (above: number, below: number) => (below === 0 ? 0 : above / below);
  if (name === "f1") return share(2 * tp, 2 * tp + fp + fn);
  if (name === "precision") return share(tp, tp + fp);
  return name === "recall" ? share(tp, tp + fn) : share(tn, tn + fp);
}

function areAllEqual(labels: Int32Array): boolean {
  return labels.every((label) => label === labels[0]);
}

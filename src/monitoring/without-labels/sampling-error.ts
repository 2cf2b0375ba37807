import { averagePrecisionInfluence } from "../../statistics/average-precision.ts";
import { mean } from "../../statistics/moments.ts";
import { rocAuc } from "../../statistics/roc-auc.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";
import { type ClassifiedRows, type ClassView, viewsOf } from "../classified-rows.ts";
import type { EstimatedMetric } from "./expected-metrics.ts";

/** How far a metric of so many rows is off by the luck of the sample, as a standard deviation. */
export type SamplingError = (rows: number) => number;

/** Of one class: the variance that a row that counts brings, and the share of rows that count. */
interface Component {
  variance: number;
  share: number;
}

/**
 * From rows whose labels are known, by NannyML's formulas: what a row brings varies in the reference, and so many rows bring it.
 * NannyML draws average precision's at random; here it is that of its rows' influence.
 * @param reference complete rows
 */
export function samplingError(name: EstimatedMetric, reference: ClassifiedRows): SamplingError {
  const { truth, predicted } = reference;
  if (name === "accuracy") {
    const right = Float64Array.from(truth, (label, row) => (label === predicted[row] ? 1 : 0));
    return (rows) => Math.sqrt(varianceOf(right) / rows);
  }
  const views = viewsOf(reference);
  const components = views.map((view) => componentOf(name, view, views.length === 1));
  const variances = (rows: number) => components.map(({ variance, share }) => variance / (rows * share));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  if (name === "average_precision") return (rows) => Math.sqrt(total(variances(rows)) / views.length);
  // Of several classes NannyML found the errors of the areas a fifth too small.
  const widened = name === "roc_auc" && views.length > 1 ? 1.2 : 1;
  return (rows) => (Math.sqrt(total(variances(rows))) / views.length) * widened;
}

function componentOf(name: Exclude<EstimatedMetric, "accuracy">, view: ClassView, isBinary: boolean): Component {
  const { scores, truth, predicted } = view;
  if (name === "roc_auc") return rocAucComponent(view);
  if (name === "average_precision") return { variance: varianceOf(averagePrecisionInfluence(scores, truth)), share: 1 };
  const rows = truth.length;
  const count = (label: 0 | 1, said: 0 | 1) =>
    truth.reduce((found, value, row) => found + (value === label && predicted[row] === said ? 1 : 0), 0);
  const [tp, fp, fn, tn] = [count(1, 1), count(0, 1), count(1, 0), count(0, 0)];
  const part = (hits: number, misses: number, height = 1): Component => {
    const p = hits / (hits + misses);
    return { variance: p * (1 - p) * height * height, share: (hits + misses) / rows };
  };
  if (name === "precision") return part(tp, fp);
  if (name === "recall") return part(tp, fn);
  if (name === "specificity") return part(tn, fp);
  return part(tp, fp + fn, isBinary ? (tp + fp + fn) / (tp + (fp + fn) / 2) : 1);
}

/**
 * Of the rarer class, how large a share of the other lies on its right side. The row with the lowest rank is left out, as NannyML
 * has it; of ties, which it takes as they come, half are on the right side.
 */
function rocAucComponent({ scores, truth }: ClassView): Component {
  const order = sortedOrder(scores);
  const { placements, positives } = rocAuc(scores, truth, order);
  const rows = truth.length;
  const rarer = positives / rows > 0.5 ? 0 : 1;
  const first = order[rarer === 1 ? 0 : rows - 1];
  const counted = placements.filter((_, row) => truth[row] === rarer && row !== first);
  return { variance: varianceOf(counted), share: (rarer === 1 ? positives : rows - positives) / rows };
}

function varianceOf(values: Float64Array): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

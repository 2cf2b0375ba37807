import { type Judged, marginFor } from "./judging.ts";
import { type Entry, value } from "./proposal.ts";

/** Metrics that can be computed of such predictions, and a first gate on one of them. */
export function gatesAndMetrics(
  { task, positive }: Judged,
  rows: number | undefined,
  probabilities: boolean,
): { metrics: Entry | undefined; gates: Entry | undefined } {
  if (!task) return { metrics: undefined, gates: undefined };
  if (task.name === "regression") {
    const metrics = ["mean_absolute_error", "root_mean_squared_error", "r2"];
    const gate = { metric: "mean_absolute_error", "no-worse-than": "5%" };
    return {
      metrics: value("metrics", metrics),
      gates: value("gates", [gate], "5% of the baseline's error; write what you can live with."),
    };
  }
  const labels =
    task.name === "binary"
      ? ["accuracy", ...(positive ? ["recall", "precision"] : [])]
      : ["accuracy", "balanced_accuracy", "f1_macro"];
  const scores = !probabilities ? [] : task.name === "binary" ? (positive ? ["roc_auc", "log_loss"] : []) : ["log_loss"];
  const { margin, why } = marginFor(rows);
  return {
    metrics: value(
      "metrics",
      [...labels, ...scores],
      probabilities ? undefined : "predictions without probabilities are taken for granted.",
    ),
    gates: value("gates", [{ metric: "accuracy", "no-worse-than": margin }], why),
  };
}

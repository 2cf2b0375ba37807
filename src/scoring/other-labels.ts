import { isMissingMarker } from "../data/number-text.ts";
import type { Predictions, Truth } from "./predictions.ts";

/** Predictions that are labels which the test set does not have: misspelt ones, or ones that it happens to lack. */
export interface OtherLabels {
  labels: ReadonlySet<string>;
  /** Rows for which any is predicted. */
  rows: number;
}

/** @param declared classes that are known all the same */
export function findOtherLabels(predictions: Predictions, truth: Truth, declared: readonly string[] = []): OtherLabels {
  if (predictions.kind === "classification" && truth.kind === "classification") {
    const known = new Set([...truth.labels, ...declared]);
    const others = predictions.labels.filter((label) => !known.has(label));
    return { labels: new Set(others), rows: others.length };
  }
  if (predictions.kind === "multilabel" && truth.kind === "multilabel") {
    const known = new Set([...truth.classes, ...declared]);
    const others = predictions.classes
      .map((label, at) => ({ label, indicator: predictions.indicators[at] ?? new Uint8Array() }))
      .filter(({ label, indicator }) => !known.has(label) && indicator.includes(1));
    const rows = predictions.ids.filter((_, row) => others.some(({ indicator }) => indicator[row] === 1));
    return { labels: new Set(others.map(({ label }) => label)), rows: rows.length };
  }
  return { labels: new Set(), rows: 0 };
}

/** Whether a text is what programs write where a label is missing. */
export function isNoLabel(text: string): boolean {
  return text.trim() === "" || isMissingMarker(text);
}

import type { LabelledRows } from "../../src/evaluation/rows.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import { type Predictions, plainRows, type RowDesign, type Truth } from "../../src/scoring/predictions.ts";
import type { Groups } from "../../src/statistics/groups.ts";

export const simulatedDigest = digestOf("simulated");
const knownIds = new Map<number, readonly string[]>();

/** Drawn rows as what a model says of a test set, for the way that real predictions go. */
export function asPredictions({ count, labels, predicted, classes, probabilities }: LabelledRows): Predictions {
  return {
    kind: "classification",
    ids: idsOf(count),
    digest: simulatedDigest,
    labels: names(predicted, labels),
    classes,
    probabilities,
  };
}

export function asTruth({ count, truth, labels }: LabelledRows): Truth {
  return { kind: "classification", ids: idsOf(count), labels: names(truth, labels) };
}

export function asDesign(groups: Groups | undefined, weights: Float64Array | undefined): RowDesign {
  return { ...plainRows, weights, group: groups && { column: "group", of: groups.of, groups: groups.count } };
}

export function idsOf(count: number): readonly string[] {
  const known = knownIds.get(count) ?? Array.from({ length: count }, (_, row) => String(row));
  knownIds.set(count, known);
  return known;
}

function names(positions: Int32Array, labels: readonly string[]): string[] {
  return Array.from(positions, (position) => labels[position] ?? "");
}

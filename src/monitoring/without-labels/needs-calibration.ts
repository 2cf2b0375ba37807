import { rocAuc } from "../../statistics/roc-auc.ts";
import { sortedOrder } from "../../statistics/sorted-order.ts";
import { fitIsotonic } from "./isotonic.ts";
import { shuffleSplits } from "./shuffle-split.ts";

const splits = 10;
const bins = 10;
/** A model that ranks better than this is left as it is. */
const nearlyPerfect = 0.999;

/**
 * Whether isotonic calibration brings the scores nearer to probabilities on rows that it was not fitted to: by the expected
 * calibration error over ten bins of equal rows, in ten random splits. As NannyML decides it, with its very splits.
 * @param scores without NaN
 * @param positive 1 for positive rows, 0 for negative ones
 */
export function needsCalibration(scores: Float64Array, positive: Uint8Array): boolean {
  const { auc } = rocAuc(scores, positive);
  if (Number.isNaN(auc) || auc > nearlyPerfect) return false;
  const made = shuffleSplits(positive, splits);
  if (made === undefined) return false;
  const tested = made.flatMap(({ test }) => [...test]);
  const raw = Float64Array.from(tested, (row) => scores[row] ?? 0);
  const truth = Uint8Array.from(tested, (row) => positive[row] ?? 0);
  const calibrated = new Float64Array(tested.length);
  let at = 0;
  for (const { train, test } of made) {
    const pick = (rows: Uint32Array) => Float64Array.from(rows, (row) => scores[row] ?? 0);
    const calibrate = fitIsotonic(
      pick(train),
      Uint8Array.from(train, (row) => positive[row] ?? 0),
    );
    calibrated.set(calibrate(pick(test)), at);
    at += test.length;
  }
  return calibrationError(raw, truth) > calibrationError(calibrated, truth);
}

/** Between scores and labels, over bins of as many rows each; the last takes what is left over. */
function calibrationError(scores: Float64Array, positive: Uint8Array): number {
  const rows = scores.length;
  const width = Math.floor(rows / (rows <= 2 * bins ? Math.max(1, Math.floor(rows / 2)) : bins));
  const order = sortedOrder(scores);
  let error = 0;
  for (let from = 0; from + width <= rows; from += width) {
    const to = from + 2 * width > rows ? rows : from + width;
    let apart = 0;
    for (const row of order.subarray(from, to)) apart += (scores[row] ?? 0) - (positive[row] ?? 0);
    error += Math.abs(apart) / rows;
  }
  return error;
}

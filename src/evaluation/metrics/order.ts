import { sortedOrder } from "../../statistics/sorted-order.ts";

const known = new WeakMap<Float64Array, Uint32Array>();

/** Row numbers by score, smallest first. A column is sorted once, whatever the number of metrics and pictures that read it. */
export function orderOf(scores: Float64Array): Uint32Array {
  const found = known.get(scores) ?? sortedOrder(scores);
  known.set(scores, found);
  return found;
}

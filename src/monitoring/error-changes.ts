import { mean } from "../statistics/moments.ts";
import { createAdwin } from "./adwin.ts";

/** Where the errors of a model changed, in the order of rows. */
export interface ErrorChange {
  /** The row at which it was noticed, and the one at which it most likely began. From 0. */
  noticed: number;
  since: number;
  /** The mean error before, from the last change on, and since until it was noticed. */
  before: number;
  after: number;
}

/**
 * Noticed by ADWIN over each row's error: 0 or 1 of a label, the distance of a number. The reference's errors come first, so
 * that a change right at the beginning is noticed; what changes within the reference is not told.
 */
export function errorChanges(reference: Float64Array, current: Float64Array): ErrorChange[] {
  const adwin = createAdwin();
  const all = new Float64Array(reference.length + current.length);
  all.set(reference);
  all.set(current, reference.length);
  const changes: ErrorChange[] = [];
  let from = 0;
  for (const [row, error] of all.entries()) {
    if (!adwin.add(error)) continue;
    const since = split(all, from, row + 1);
    if (row >= reference.length) {
      const [before, after] = [mean(all.subarray(from, since)), mean(all.subarray(since, row + 1))];
      changes.push({ noticed: row - reference.length, since: Math.max(0, since - reference.length), before, after });
    }
    from = since;
  }
  return changes;
}

/** Where a series is best cut into two of one mean each: the cut that leaves the least squares. */
function split(values: Float64Array, from: number, to: number): number {
  const all = mean(values.subarray(from, to)) * (to - from);
  let [best, most, total] = [to - 1, 0, 0];
  for (let at = from + 1; at < to; at++) {
    total += values[at - 1] ?? 0;
    const [older, newer] = [at - from, to - at];
    const gain = ((older * newer) / (to - from)) * (total / older - (all - total) / newer) ** 2;
    if (gain > most) [best, most] = [at, gain];
  }
  return best;
}

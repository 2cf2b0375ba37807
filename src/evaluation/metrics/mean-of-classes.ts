import { tangoInterval } from "../../statistics/tango.ts";
import type { Estimated } from "../metric.ts";
import type { LabelledRows } from "../rows.ts";
import { countMoves } from "./carriers.ts";

/**
 * Change of the mean share of right rows over classes of the truth: Tango's interval of each class' change on its own rows, which
 * are other rows than those of the next, put together by MOVER (Zou and Donner 2008). No class has too few rows for it.
 */
export function meanOfClasses(baseline: LabelledRows, candidate: LabelledRows, classes: readonly number[]): Estimated {
  const [theirs, ours] = [rightRows(baseline), rightRows(candidate)];
  let change = 0;
  let [below, above] = [0, 0];
  for (const label of classes) {
    const isOf = (_: number, row: number) => candidate.truth[row] === label;
    const [before, after] = [theirs.filter(isOf), ours.filter(isOf)];
    const { gained, lost } = countMoves(before, after);
    const own = (gained - lost) / after.length;
    const { low, high } = tangoInterval(gained, lost, after.length);
    change += own / classes.length;
    below += ((own - low) / classes.length) ** 2;
    above += ((high - own) / classes.length) ** 2;
  }
  const method = classes.length > 1 ? "Tango, mean of classes" : "Tango";
  return { method, interval: { low: Math.max(-1, change - Math.sqrt(below)), high: Math.min(1, change + Math.sqrt(above)) } };
}

/** 1 where the row has its true label. */
export function rightRows({ truth, predicted }: LabelledRows): Uint8Array {
  return Uint8Array.from(truth, (label, row) => (predicted[row] === label ? 1 : 0));
}

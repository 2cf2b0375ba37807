import { bootstrapSeed, defaultResamples, percentileInterval } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { createResampler } from "./resampler.ts";
import { sortedOrder } from "./sorted-order.ts";
import { tieFrom } from "./ties.ts";

/** What one of two binary models says of the rows. */
export interface BinaryModel {
  /** Without NaN. */
  scores: Float64Array;
  /** 1 where the row is called positive. */
  predicted: Uint8Array;
}

export interface PairedModels {
  /** 1 for positive rows, 0 for negative ones. */
  positive: Uint8Array;
  baseline: BinaryModel;
  candidate: BinaryModel;
}

/** candidate − baseline; NaN where a resample leaves the metric undefined. */
export interface PairedChange {
  rocAuc: number;
  f1: number;
  accuracy: number;
}

/** Two models prepared for many resamples of the same rows. */
export interface PairedResampling {
  /**
   * Position of each row in `counts`. A resample of rows is as good as one of positions; this is for those who bring the rows.
   */
  placeOf: Uint32Array;
  /** The changes when each position counts that often: O(rows), without sorting. */
  changeOf(counts: Uint8Array): PairedChange;
}

/** 95% percentile bootstrap over rows (Efron 1979) of three changes at once, on the same resamples. */
export function bootstrapPaired(models: PairedModels, resamples: number = defaultResamples) {
  const { changeOf } = preparePaired(models);
  const resample = createResampler(bootstrapSeed);
  const counts = new Uint8Array(models.positive.length);
  const drawn = Array.from({ length: resamples }, () => {
    resample(counts);
    return changeOf(counts);
  });
  const intervalOf = (of: (change: PairedChange) => number): Interval | undefined =>
    percentileInterval(Float64Array.from(drawn, of));
  return {
    rocAuc: intervalOf(({ rocAuc }) => rocAuc),
    f1: intervalOf(({ f1 }) => f1),
    accuracy: intervalOf(({ accuracy }) => accuracy),
  };
}

/** Rows lie in the order of the baseline's scores, so that one of the two sweeps reads memory in sequence. */
export function preparePaired({ positive, baseline, candidate }: PairedModels): PairedResampling {
  const order = negativesFirst(sortedOrder(baseline.scores), baseline.scores, positive);
  const placeOf = new Uint32Array(order.length);
  const cells = new Uint8Array(order.length);
  for (const [place, row] of order.entries()) {
    placeOf[row] = place;
    cells[place] = (positive[row] ?? 0) | ((baseline.predicted[row] ?? 0) << 1) | ((candidate.predicted[row] ?? 0) << 2);
  }
  const ranked = (ranks: Uint32Array, scores: Float64Array): Ranked => ({
    places: ranks.map((row) => placeOf[row] ?? 0),
    isPositive: Uint8Array.from(ranks, (row) => (positive[row] === 1 ? 255 : 0)),
    ties: mixedTies(ranks, scores, positive),
  });
  const theirs = ranked(order, baseline.scores);
  const ours = ranked(negativesFirst(sortedOrder(candidate.scores), candidate.scores, positive), candidate.scores);
  return {
    placeOf,
    changeOf(counts) {
      const [none = 0, missed = 0, byBaseline = 0, onlyBaseline = 0, byCandidate = 0, onlyCandidate = 0, byBoth = 0, both = 0] =
        countCells(counts, cells);
      const positives = missed + onlyBaseline + onlyCandidate + both;
      const negatives = none + byBaseline + byCandidate + byBoth;
      const pairs = 2 * positives * negatives;
      const f1 = (hits: number, alarms: number) => (2 * hits) / (hits + alarms + positives);
      return {
        rocAuc: twicePairsWon(counts, ours) / pairs - twicePairsWon(counts, theirs) / pairs,
        f1: f1(onlyCandidate + both, byCandidate + byBoth) - f1(onlyBaseline + both, byBaseline + byBoth),
        accuracy: (onlyCandidate + byBaseline - onlyBaseline - byCandidate) / (positives + negatives),
      };
    },
  };
}

/** A model's rows from the lowest score to the highest, those that share a score with the negative ones first. */
interface Ranked {
  places: Uint32Array;
  /** 255 for a positive row, else 0: a mask of its count. */
  isPositive: Uint8Array;
  /** First rank, and the one past the last, of every score that rows of both classes share. */
  ties: [number, number][];
}

function negativesFirst(order: Uint32Array, scores: Float64Array, positive: Uint8Array): Uint32Array {
  const sorted = order.slice();
  for (const [start, end] of mixedTies(order, scores, positive)) {
    const tied = order.subarray(start, end);
    sorted.set(
      tied.filter((row) => positive[row] !== 1),
      start,
    );
    const positives = tied.filter((row) => positive[row] === 1);
    sorted.set(positives, end - positives.length);
  }
  return sorted;
}

function mixedTies(order: Uint32Array, scores: Float64Array, positive: Uint8Array): [number, number][] {
  const ties: [number, number][] = [];
  for (let start = 0; start < order.length; ) {
    const { end, tiedPositives } = tieFrom(start, scores, positive, order);
    if (tiedPositives > 0 && tiedPositives < end - start) ties.push([start, end]);
    start = end;
  }
  return ties;
}

/** Rows a block: sums of whole numbers below 2³¹ within it, of doubles only from block to block. */
const block = 256;

/** Twice the number of pairs in which the positive row ranks higher, a tie counted half; exact below 2⁵³. */
function twicePairsWon(counts: Uint8Array, { places, isPositive, ties }: Ranked): number {
  let won = 0;
  let below = 0;
  for (let start = 0; start < places.length; start += block) {
    const end = Math.min(start + block, places.length);
    let wonInside = 0;
    let positives = 0;
    let negatives = 0;
    for (let rank = start; rank < end; rank++) {
      const count = counts[places[rank] ?? 0] ?? 0;
      // A mask in the place of a branch on the class, which no processor can predict.
      const ofPositive = count & (isPositive[rank] ?? 0);
      wonInside = (wonInside + Math.imul(ofPositive, negatives)) | 0;
      positives = (positives + ofPositive) | 0;
      negatives = (negatives + count - ofPositive) | 0;
    }
    won += wonInside + positives * below;
    below += negatives;
  }
  // Within a tie all negatives were counted as below all positives.
  let tied = 0;
  for (const [start, end] of ties) {
    let all = 0;
    let positives = 0;
    for (let rank = start; rank < end; rank++) {
      const count = counts[places[rank] ?? 0] ?? 0;
      all += count;
      positives += count & (isPositive[rank] ?? 0);
    }
    tied += positives * (all - positives);
  }
  return 2 * won - tied;
}

/** Rows of each cell of truth + 2 × baseline's label + 4 × candidate's. */
function countCells(counts: Uint8Array, cells: Uint8Array): Int32Array {
  const totals = new Int32Array(8);
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place] ?? 0;
    totals[cell] = (totals[cell] ?? 0) + (counts[place] ?? 0);
  }
  return totals;
}

import { createNumpyRandom, type NumpyRandom } from "./mersenne-twister.ts";

export interface Split {
  train: Uint32Array;
  test: Uint32Array;
}

/**
 * scikit-learn's `StratifiedShuffleSplit(test_size=0.1, random_state=42)` of two classes: each split keeps the share of positive
 * rows.
 * @returns undefined where a class has too few rows to be on both sides
 */
export function shuffleSplits(positive: Uint8Array, splits: number): Split[] | undefined {
  const classes: [number[], number[]] = [[], []];
  for (const [row, value] of positive.entries()) classes[value === 1 ? 1 : 0].push(row);
  const counts = classes.map((rows) => rows.length);
  const tested = Math.ceil(0.1 * positive.length);
  const trained = positive.length - tested;
  if (Math.min(...counts) < 2 || tested < 2 || trained < 2) return undefined;
  const random = createNumpyRandom(42);
  return Array.from({ length: splits }, () => {
    const train = shares(counts, trained, random);
    const test = shares(
      counts.map((count, i) => count - (train[i] ?? 0)),
      tested,
      random,
    );
    const [trainRows, testRows]: [number[], number[]] = [[], []];
    for (const [i, rows] of classes.entries()) {
      const order = random.permutation(rows.length);
      const [upTo = 0, more = 0] = [train[i], test[i]];
      for (const place of order.subarray(0, upTo)) trainRows.push(rows[place] ?? 0);
      for (const place of order.subarray(upTo, upTo + more)) testRows.push(rows[place] ?? 0);
    }
    return { train: shuffled(trainRows, random), test: shuffled(testRows, random) };
  });
}

function shuffled(rows: readonly number[], random: NumpyRandom): Uint32Array {
  return random.permutation(rows.length).map((place) => rows[place] ?? 0);
}

/** So many draws shared by two classes: what is left over goes to the larger remainder, of equal ones to one by lot. */
function shares(counts: readonly number[], draws: number, random: NumpyRandom): number[] {
  const all = counts.reduce((total, count) => total + count, 0);
  const exact = counts.map((count) => (count / all) * draws);
  const taken = exact.map(Math.floor);
  const remainders = exact.map((share, i) => share - (taken[i] ?? 0));
  let left = draws - taken.reduce((total, count) => total + count, 0);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left <= 0) break;
    const alike = [...remainders.keys()].filter((i) => remainders[i] === remainder);
    for (const place of random.permutation(alike.length).subarray(0, Math.min(alike.length, left))) {
      const i = alike[place] ?? 0;
      taken[i] = (taken[i] ?? 0) + 1;
      left--;
    }
  }
  return taken;
}

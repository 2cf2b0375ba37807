/** The twin of generator.py: the same rows to the last bit, from whole-number hashes and exactly rounded arithmetic only. */

/** A number in [0, 1) a row: MurmurHash3's finaliser of row and stream, 32 bits. */
export function uniform(stream: number, rows: number): Float64Array {
  const start = Math.imul(stream, 0x9e3779b9);
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let x = row + start;
    for (let round = 0; round < 2; round++) {
      x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
      x ^= x >>> 16;
    }
    numbers[row] = (x >>> 0) / 2 ** 32;
  }
  return numbers;
}

/** Truth as 0 and 1, and the scores of two models on it. With steps the scores lie on as many, so that they tie. */
export function generateBinary(rows: number, seed: number, steps = 0) {
  const u = streams(5, rows, seed);
  const truth = Uint8Array.from({ length: rows }, (_, row) => (u(0, row) < 0.2 ? 1 : 0));
  const model = (own: number, separation: number) => {
    const scores = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const score = (u(1, row) + u(2, row) + u(own, row) + (truth[row] ?? 0) * separation) / 4;
      scores[row] = steps > 0 ? Math.floor(score * steps) / steps : score;
    }
    return scores;
  };
  return { truth, baseline: model(3, 0.5), candidate: model(4, 0.55) };
}

/** Truth as 0, 1 and 2, and a column of probabilities for each. */
export function generateMulticlass(rows: number, seed: number) {
  const u = streams(4, rows, seed);
  const truth = Uint8Array.from({ length: rows }, (_, row) => Math.floor(u(0, row) * 3));
  const columns = [0, 1, 2].map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const [a = 0, b = 0, c = 0] = [0, 1, 2].map((label) => u(label + 1, row) + ((truth[row] === label ? 0.4 : 0) + 0.05));
    for (const [label, weight] of [a, b, c].entries()) {
      const column = columns[label];
      if (column) column[row] = weight / (a + b + c);
    }
  }
  return { truth, columns };
}

export function generateRegression(rows: number, seed: number) {
  const u = streams(4, rows, seed);
  const truth = Float64Array.from({ length: rows }, (_, row) => u(0, row) * 100 + 50);
  return { truth, predicted: truth.map((value, row) => value + (u(1, row) + u(2, row) + u(3, row) - 1.5) * 10) };
}

/** 0 to 1.75 in quarters, so that they add up exactly. */
export function generateWeights(rows: number, seed: number): Float64Array {
  return uniform(16 * seed + 15, rows).map((value) => Math.floor(value * 8) / 4);
}

/** One 0/1 array a label of truth and prediction; at most 7 labels, ever more frequent. */
export function generateMultilabel(rows: number, seed: number, labels: number) {
  const u = streams(2 * labels, rows, seed);
  const columns = Array.from({ length: labels }, (_, label) => label);
  const truth = columns.map((label) => Uint8Array.from({ length: rows }, (_, row) => (u(label, row) < (label + 1) / 16 ? 1 : 0)));
  const predicted = columns.map((label) =>
    Uint8Array.from({ length: rows }, (_, row) => (u(labels + label, row) + (truth[label]?.[row] ?? 0) * 0.5 > 0.8125 ? 1 : 0)),
  );
  return { truth, predicted };
}

function streams(count: number, rows: number, seed: number): (stream: number, row: number) => number {
  const all = Array.from({ length: count }, (_, stream) => uniform(16 * seed + stream, rows));
  return (stream, row) => all[stream]?.[row] ?? Number.NaN;
}

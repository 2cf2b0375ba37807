const halfLogTau = Math.log(2 * Math.PI) / 2;
const table = new Float64Array(8_192);
for (let n = 2; n < table.length; n++) table[n] = n < 128 ? (table[n - 1] ?? 0) + Math.log(n) : stirling(n);

/** ln n! of a whole number n ≥ 0, to the last digits. */
export function logFactorial(n: number): number {
  return n < table.length ? (table[n] ?? Number.NaN) : stirling(n);
}

function stirling(n: number): number {
  const inverse = 1 / n;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (n + 0.5) * Math.log(n) - n + halfLogTau + series;
}

/** ln of the ways to choose `chosen` of `of`; −Infinity where there is none. */
export function logChoose(of: number, chosen: number): number {
  if (chosen < 0 || chosen > of) return Number.NEGATIVE_INFINITY;
  return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen);
}

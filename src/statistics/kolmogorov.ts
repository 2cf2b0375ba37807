import { logFactorial } from "./log-factorial.ts";

/**
 * P(Dₙ ≥ d) of the two-sided Kolmogorov statistic of one sample of n rows: exact to n = 140 and for small d (Marsaglia, Tsang
 * and Wang 2003) and in the upper tail (Birnbaum and Tingey 1951, twice the one-sided tail), else Pelz and Good's series (1976).
 * The choice is about Simard and L'Ecuyer's (2011), as in SciPy's `kstwo`.
 * @param n a whole number ≥ 1
 */
export function kolmogorovTail(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  const rows = n * d;
  const square = rows * d;
  if (rows <= 0.5) return 1;
  if (square >= 370) return 0;
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * oneSidedTail(d, n));
  const isExact = n <= 140 || (n <= 5_000 && rows * Math.sqrt(d) <= 1.4);
  return Math.min(1, Math.max(0, 1 - (isExact ? durbin(d, n) : pelzGood(d, n))));
}

/**
 * The d with P(Dₙ ≥ d) ≈ p, p ≤ 0.2: Kolmogorov's limit with Stephens' (1970) correction for few rows, right to 1% of d from 10 rows on.
 */
export function kolmogorovQuantile(p: number, n: number): number {
  const root = Math.sqrt(n);
  return Math.min(1, Math.sqrt(-Math.log(p / 2) / 2) / (root + 0.12 + 0.11 / root));
}

/** Above, the sum has too many terms, and its expansion (Maag and Dicaire 1971) is right to 1/n of itself. */
const mostTerms = 20_000;

/** P(Dₙ⁺ ≥ d) = d Σⱼ C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j), all terms positive. */
function oneSidedTail(d: number, n: number): number {
  if (n > mostTerms) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
  let sum = Math.exp(n * Math.log1p(-d));
  for (let j = 1; j <= Math.floor(n * (1 - d)); j++) {
    const above = d + j / n;
    if (above >= 1) break;
    const ways = logFactorial(n) - logFactorial(j) - logFactorial(n - j);
    sum += d * Math.exp(ways + (j - 1) * Math.log(above) + (n - j) * Math.log1p(-above));
  }
  return sum;
}

/** P(Dₙ ≤ d) as an element of the n-th power of Durbin's matrix, of which powers of ten are kept apart. */
function durbin(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const h = k - n * d;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= Math.min(row + 1, size - 1); column++) {
      let element = 1;
      if (column === 0) element -= h ** (row + 1);
      if (row === size - 1) element -= h ** (size - column);
      if (row === size - 1 && column === 0 && 2 * h > 1) element += (2 * h - 1) ** size;
      matrix[row * size + column] = element / Math.exp(logFactorial(row - column + 1));
    }
  }
  const { matrix: power, exponent } = matrixPower(matrix, size, n);
  let p = power[(k - 1) * size + k - 1] ?? 0;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    p *= i / n;
    if (p < 1e-140) {
      p *= 1e140;
      scale -= 140;
    }
  }
  return p * 10 ** scale;
}

interface ScaledMatrix {
  matrix: Float64Array;
  exponent: number;
}

function matrixPower(matrix: Float64Array, size: number, power: number): ScaledMatrix {
  if (power === 1) return { matrix, exponent: 0 };
  const half = matrixPower(matrix, size, Math.floor(power / 2));
  let product = multiply(half.matrix, half.matrix, size);
  if (power % 2 === 1) product = multiply(product, matrix, size);
  const exponent = 2 * half.exponent;
  if ((product[((size - 1) / 2) * (size + 1)] ?? 0) <= 1e140) return { matrix: product, exponent };
  return { matrix: product.map((element) => element * 1e-140), exponent: exponent + 140 };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const element = a[row * size + inner] ?? 0;
      if (element === 0) continue;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + element * (b[inner * size + column] ?? 0);
      }
    }
  }
  return product;
}

const pi2 = Math.PI ** 2;
const pi4 = Math.PI ** 4;
const pi6 = Math.PI ** 6;

/** P(Dₙ ≤ d) ≈ K₀(z) + K₁(z)/√n + K₂(z)/n + K₃(z)/n^1.5, z = d√n. */
function pelzGood(d: number, n: number): number {
  const z2 = n * d * d;
  const z = Math.sqrt(z2);
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const q = Math.exp(-pi2 / 8 / z2);
  const even = Math.exp(-pi2 / 2 / z2);
  const [sums, evens] = [
    [0, 0, 0, 0],
    [0, 0],
  ];
  for (let k = Math.ceil((16 * z) / Math.PI); k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const weight = q ** m2;
    const terms = [
      1,
      (pi2 / 4) * m2 - z2,
      6 * z6 + 2 * z4 + ((2 * z4 - 5 * z2) * pi2 * m2) / 4 + (pi4 * (1 - 2 * z2) * m2 * m2) / 16,
      -30 * z6 -
        90 * z4 * z4 +
        (pi2 * (135 * z4 - 96 * z6) * m2) / 4 +
        (pi4 * (212 * z4 - 60 * z2) * m2 * m2) / 16 +
        (pi6 * (5 - 30 * z2) * m2 ** 3) / 64,
    ];
    for (const [i, term] of terms.entries()) sums[i] = (sums[i] ?? 0) + weight * term;
    const k2 = k * k;
    evens[0] = (evens[0] ?? 0) + k2 * even ** k2;
    evens[1] = (evens[1] ?? 0) + (3 * z2 - pi2 * k2) * k2 * even ** k2;
  }
  const tau = Math.sqrt(2 * Math.PI);
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = sums;
  const [e2 = 0, e3 = 0] = evens;
  return (
    (tau * k0) / z +
    (tau * k1) / (6 * z4) / Math.sqrt(n) +
    ((tau * k2) / (72 * z6 * z) - (tau * pi2 * e2) / (36 * z2 * z)) / n +
    ((tau * k3) / (6480 * z6 * z4) + (tau * pi2 * e3) / (216 * z6)) / n ** 1.5
  );
}

import type { Interval } from "../evidence/evidence.ts";

/** What stands where there is no number. */
const noNumber = "—";

const maxDecimals = 12;

/** Decimals that show `number` to `digits` significant digits. */
function decimalsFor(number: number, digits: number): number {
  if (number === 0 || !Number.isFinite(number)) return 0;
  return Math.min(maxDecimals, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(number)))));
}

/** `1,234.50`, with a real minus sign, and never a zero for what is not zero. */
export function formatFixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noNumber;
  const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const isZero = !/[1-9]/.test(`${whole}${fraction ?? ""}`);
  if (value !== 0 && (isZero || Math.abs(value) >= 1e15)) return formatExponential(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${value < 0 ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** As `formatFixed`, with a sign; no change at all is `0`. */
export function formatChange(value: number | null | undefined, decimals: number): string {
  if (value === 0) return "0";
  const text = formatFixed(value, decimals);
  return value !== null && value !== undefined && value > 0 && text !== noNumber ? `+${text}` : text;
}

function formatExponential(value: number): string {
  return value.toExponential(1).replace(/\.0e/, "e").replace("e+", "e").replaceAll("-", "−");
}

/** A number by itself, to four significant digits at most: `0.9312`, `18.2`, `12,345`. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noNumber;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return formatFixed(value, 0);
  return formatFixed(value, decimalsFor(value, 4))
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

/** A limit as it was written: `0.03`, `1e−7`, `1,000`. */
export function formatLimit(value: number): string {
  const text = String(Math.abs(value));
  if (text.includes("e")) return `${value < 0 ? "−" : ""}${text.replace("e+", "e").replace("-", "−")}`;
  return formatFixed(value, text.split(".")[1]?.length ?? 0);
}

/** What is shown side by side in a row. */
export interface ComparedNumbers {
  baseline?: number | null | undefined;
  candidate?: number | null | undefined;
  change?: number | null | undefined;
  interval?: Interval | undefined;
  /** What the ends of the interval (or the change, without one) are held against; they must not look equal to it when they are not. */
  limit?: number | undefined;
}

/**
 * Decimals for a whole row, so that value, change and interval agree: the interval's half-width to two significant digits,
 * the change to one, shares to three decimals at least, and more where rounding would hide on which
 * side of the limit a number lies.
 */
export function decimalsForRow({ baseline, candidate, change, interval, limit }: ComparedNumbers): number {
  const values = [baseline, candidate].filter((value) => typeof value === "number");
  const largest = Math.max(0, ...values.map(Math.abs));
  let decimals = largest === 0 ? 3 : Math.min(4, decimalsFor(largest, 4));
  if (interval !== undefined && interval.high > interval.low) {
    decimals = Math.max(largest <= 1 ? 3 : 0, decimalsFor((interval.high - interval.low) / 2, 2));
  }
  if (typeof change === "number") decimals = Math.max(decimals, decimalsFor(change, 1));
  const decisive = interval === undefined ? [change ?? candidate] : [interval.low, interval.high];
  while (decimals < maxDecimals && decisive.some((number) => looksEqual(number, limit, decimals))) decimals += 1;
  return decimals;
}

function looksEqual(a: number | null | undefined, b: number | undefined, decimals: number): boolean {
  if (a === null || a === undefined || b === undefined || a === b) return false;
  // Differences of floating-point arithmetic are not worth digits.
  if (Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a))) return false;
  return a.toFixed(decimals) === b.toFixed(decimals);
}

/** `1 model`, `1,204 rows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatFixed(count, 0)} ${count === 1 ? one : many}`;
}

/** `0.4 s`, `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return noNumber;
  if (seconds < 9.95) return `${formatFixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${formatFixed(Math.floor(minutes / 60), 0)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** `812 B`, `1.3 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_023.95 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  return `${formatFixed(value, unit === 0 ? 0 : 1)} ${units[unit]}`;
}

/** First seven hex digits of a commit. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** `5.2 of 8 GPU-hours used`. */
export function budgetText({ gpuHours, spent }: { gpuHours: number; spent: number }): string {
  return `${formatNumber(spent)} of ${formatLimit(gpuHours)} GPU-hours used`;
}

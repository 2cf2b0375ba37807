const bars = "▁▂▃▄▅▆▇█";
const width = 20;

/**
 * Percentages as bars of text, at most twenty, each the mean of its part.
 * @returns empty for fewer than two values: one shows no course
 */
export function sparkline(percentages: readonly number[]): string {
  if (percentages.length < 2) return "";
  const count = Math.min(width, percentages.length);
  return Array.from({ length: count }, (_, index) => {
    const part = percentages.slice(
      Math.floor((index * percentages.length) / count),
      Math.floor(((index + 1) * percentages.length) / count),
    );
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return bars[Math.max(0, Math.min(bars.length - 1, Math.floor((mean / 100) * bars.length)))];
  }).join("");
}

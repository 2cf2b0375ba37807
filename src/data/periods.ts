export const periods = ["day", "week", "month", "year"] as const;
export type Period = (typeof periods)[number];

const day = 86_400_000;

/** When the period begins that a time lies in, of the calendar in UTC; a week on its Monday. Both milliseconds since 1970. */
export function startOfPeriod(time: number, period: Period): number {
  const midnight = Math.floor(time / day) * day;
  const date = new Date(midnight);
  switch (period) {
    case "day":
      return midnight;
    case "week":
      return midnight - ((date.getUTCDay() + 6) % 7) * day;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    case "year":
      return Date.UTC(date.getUTCFullYear(), 0);
  }
}

/** `2026-03-02`, `week of 2026-03-02`, `2026-03`, `2026`. */
export function nameOfPeriod(start: number, period: Period): string {
  const text = new Date(start).toISOString().slice(0, { day: 10, week: 10, month: 7, year: 4 }[period]);
  return period === "week" ? `week of ${text}` : text;
}

/** A time limit for people: `1 minute`, `90 minutes`, `45 seconds`. */
export function describeMinutes(minutes: number): string {
  const seconds = Math.round(minutes * 60_000) / 1_000;
  if (!Number.isInteger(minutes) && Number.isInteger(seconds)) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

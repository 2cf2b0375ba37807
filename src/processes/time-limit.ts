/** A time limit for people: `1 minute`, `90 minutes`. */
export function describeMinutes(minutes: number): string {
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

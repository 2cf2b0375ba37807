import { logGamma } from "../../src/statistics/student-t.ts";

/** Two-sided exact p of McNemar's test: twice the smaller binomial tail at one half, at most 1. */
export function exactMcNemar(gained: number, lost: number): number {
  const discordant = gained + lost;
  let tail = 0;
  for (let k = 0; k <= Math.min(gained, lost); k++)
    tail += Math.exp(logGamma(discordant + 1) - logGamma(k + 1) - logGamma(discordant - k + 1) - discordant * Math.LN2);
  return Math.min(1, 2 * tail);
}

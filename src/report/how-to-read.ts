import { gateRowOf } from "./gate-row.ts";
import { verdictOf } from "./model-status.ts";
import type { Report } from "./report.ts";

const ofChange =
  "How to read an interval (low, high): in 19 of 20 comparisons like this one the true change lies between its two numbers.";
const ofGate = "A gate passes only where all of the interval keeps its limit.";

const intervalMeaning = `${ofChange} ${ofGate}`;

/** The same on a page of plain files, which may have no limits and no second model. */
export function plainMeaning({ compared, limits }: { compared: boolean; limits: boolean }): string[] {
  if (!compared)
    return [
      "How to read an interval (low to high): in 19 of 20 evaluations like this one the true value lies between its two numbers.",
    ];
  return [limits ? intervalMeaning : ofChange, couldShowMeaning];
}

const couldShowMeaning =
  "“Could show ±x”: a true change of x or more would have been found in 9 of 10 such comparisons; a smaller one may be there unseen.";

/** What the numbers of the gates mean, said once; empty where there are none. */
export function howToRead({ models }: Pick<Report, "models">): string[] {
  const rows = models.flatMap((model) => (verdictOf(model)?.gates ?? []).map((gate) => gateRowOf(model, gate)));
  if (!rows.some(({ interval, candidateInterval }) => interval ?? candidateInterval)) return [];
  return rows.some(({ couldShow }) => couldShow) ? [intervalMeaning, couldShowMeaning] : [intervalMeaning];
}

import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { Task } from "../spec/spec.ts";
import { plural } from "./format.ts";
import { partsOf } from "./gate-row.ts";
import type { Claims, MeasuredPair } from "./measured.ts";
import { metricTitle } from "./metric-title.ts";
import { worseSlicePhrases } from "./slices.ts";

/** All that may be said of the change: as a whole, and on which slices it is a loss. */
export function claimPhrases(claims: Claims, pair: MeasuredPair | undefined, task: Task | undefined): Phrase[] {
  return [...changeHeadline(claims.headline, pair, task), ...worseSlicePhrases(claims, task)];
}

/** What the change as a whole may be called, and by what: `Better: Average precision; no other change shown. …` */
function changeHeadline(headline: Claims["headline"], pair: MeasuredPair | undefined, task: Task | undefined): Phrase[] {
  if (headline === undefined) return [];
  const { basis, better, worse } = headline;
  const titles = (metrics: readonly string[]) =>
    metrics.flatMap((metric, index): PhrasePart[] => [index === 0 ? " " : ", ", ...partsOf(metricTitle(metric, task))]);
  const lists: PhrasePart[] = [
    ...(worse.length === 0 ? [] : ["worse:", ...titles(worse), "; "]),
    ...(better.length === 0 ? [] : ["better:", ...titles(better), "; "]),
  ];
  if (basis === "primary") {
    const metric = headline.metric ?? [...worse, ...better][0];
    if (metric === undefined) return [];
    const word = worse.length > 0 ? "worse by " : better.length > 0 ? "better by " : "no change shown in ";
    return [[word, ...partsOf(metricTitle(metric, task)), ", the metric that was declared to decide this."]];
  }
  const count = pair?.comparisons.filter(({ change, interval }) => change !== null && interval !== undefined).length ?? 0;
  const named = better.length + worse.length;
  const said: PhrasePart[] =
    named === 0 ? ["no change shown"] : named >= count ? lists.slice(0, -1) : [...lists, "no other change shown"];
  if (count <= 1) return [[...said, "."]];
  return [
    [
      ...said,
      ". ",
      `Read over all ${plural(count, "metric")} together: without any change, chance names one of them in at most 1 of 20 comparisons.`,
    ],
  ];
}

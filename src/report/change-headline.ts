import type { ModelVerdict } from "../gates/verdict.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { Task } from "../spec/spec.ts";
import { plural } from "./format.ts";
import { partsOf } from "./gate-row.ts";
import type { MeasuredPair } from "./measured.ts";
import { metricTitle } from "./metric-title.ts";

/** What the change as a whole may be called, and by what: `Better: Average precision; no other change shown. …` */
export function changeHeadline(
  headline: ModelVerdict["headline"],
  pair: MeasuredPair | undefined,
  task: Task | undefined,
): Phrase[] {
  if (headline === undefined) return [];
  const { basis, better, worse } = headline;
  const titles = (metrics: readonly string[]) =>
    metrics.flatMap((metric, index): PhrasePart[] => [index === 0 ? " " : ", ", ...partsOf(metricTitle(metric, task))]);
  const lists: PhrasePart[] = [
    ...(worse.length === 0 ? [] : ["worse:", ...titles(worse), "; "]),
    ...(better.length === 0 ? [] : ["better:", ...titles(better), "; "]),
  ];
  if (basis === "primary") {
    const [metric] = [...worse, ...better];
    if (metric === undefined) return ["No change shown in the metric that was declared to decide this."];
    const word = worse.length > 0 ? "worse" : "better";
    return [[`${word} by `, ...partsOf(metricTitle(metric, task)), ", the metric that was declared to decide this."]];
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

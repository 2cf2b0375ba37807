import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { Task } from "../spec/spec.ts";
import { plural } from "./format.ts";
import type { MeasuredPair } from "./measured.ts";
import { sliceName } from "./slice-name.ts";

/** Slices named as the place where rows got worse. */
const maxSlices = 3;
/** How many times the share of worse rows that it would have by its size. */
const crowded = 1.5;
/** Share of all worse rows, so that no handful is named. */
const leastShare = 0.1;

/** How many rows got worse and better, in which slices, and some of their ids; the first sentence is the count. */
export function flippedPhrases(
  { flipped, slices = [], comparisons, candidate, baseline }: MeasuredPair,
  task: Task | undefined,
  maxIds: number,
): Phrase[] {
  if (flipped === undefined) return [];
  const { better, worse, betterIds = [], worseIds = [] } = flipped;
  if (better === 0 && worse === 0) return ["No row got worse or better."];
  const score = comparisons[0]?.metric ?? "";
  const what: PhrasePart[] =
    task === "scored" ? ["by ", { code: score }] : ["right before and wrong now, or the other way round"];
  const rows = comparisons[0]?.rows ?? 0;
  const trainings = [candidate, baseline].flatMap((side) => side?.metrics ?? []).map(({ seeds }) => seeds?.length ?? 1);
  const whose = trainings.some((count) => count > 1) ? "; by the first training of each side" : "";
  const places = slices
    .filter(({ tooSmall }) => !tooSmall)
    .flatMap(({ column, value, rows: size, flipped: inSlice }) => (inSlice ? [{ column, value, size, ...inSlice }] : []))
    .filter((slice) => slice.worse > slice.better && slice.worse >= leastShare * worse)
    .filter((slice) => slice.worse * rows > crowded * worse * slice.size)
    .sort((a, b) => b.worse - b.better - (a.worse - a.better))
    .slice(0, maxSlices);
  const where = places.flatMap((place, index): PhrasePart[] => [
    index === 0 ? "Where most got worse: " : "; ",
    ...sliceName(place),
    `, ${place.worse} worse and ${place.better} better of ${plural(place.size, "row")}`,
  ]);
  return [
    [`${plural(worse, "row")} got worse, ${better.toLocaleString("en-US")} better (`, ...what, `${whose}).`],
    ...(where.length === 0 ? [] : [[...where, "."]]),
    ...idsPhrase("Worse", worseIds, worse, maxIds),
    ...idsPhrase("Better", betterIds, better, maxIds),
  ];
}

function idsPhrase(word: string, ids: readonly string[], count: number, max: number): Phrase[] {
  const shown = ids.slice(0, max);
  if (shown.length === 0) return [];
  const rest = count - shown.length;
  const codes = shown.flatMap((id, index): PhrasePart[] => [index === 0 ? " " : ", ", { code: id }]);
  return [[`${word}:`, ...codes, rest > 0 ? ` and ${rest.toLocaleString("en-US")} more.` : "."]];
}

import { markdownTable } from "markdown-table";
import { shortDigest } from "../../evidence/digest.ts";
import type { Comparison } from "../../evidence/evidence.ts";
import type { ComparedCandidate, ComparedFiles } from "../../flows/compare-files.ts";
import { phraseToText } from "../../markdown/phrase.ts";
import { couldShow } from "../../report/could-show.ts";
import { flippedPhrases } from "../../report/flipped.ts";
import { plural } from "../../report/format.ts";
import { designPhrases, filesOfOtherSeeds, trainingsPhrase } from "../../report/test-set.ts";
import { comparisonsTable } from "../comparisons-table.ts";
import { gateRow } from "../gates-table.ts";
import { terminalWidth } from "../terminal.ts";
import { changeInWords } from "./change-in-words.ts";
import { slicesText } from "./slices-text.ts";

const maxIds = 5;

/** What a terminal shows of one or more candidates against the first file. */
export function comparisonText({ files, baseline, candidates }: ComparedFiles, width: number = terminalWidth()): string {
  const { testSet, notes, metrics, task } = files;
  const head = `${plural(testSet.rows, "row")} of ${testSet.path} (${shortDigest(testSet.digest)})`;
  const parts = candidates.flatMap((candidate) => {
    const { side, evaluated, judgement } = candidate;
    const trainings = [side.predictions.length, baseline.predictions.length];
    return [
      ...(candidates.length > 1 ? [`## ${side.name} against ${baseline.name}`] : []),
      comparisonsTable(evaluated.comparisons, width),
      inWords(candidate, baseline.name),
      ...lines(flippedPhrases(evaluated, task, maxIds)),
      ...slicesText(evaluated, metrics, judgement),
      ...(judgement.verdict ? [verdictText(judgement.verdict)] : []),
      ...lines([...designPhrases(evaluated), ...trainingsPhrase(evaluated, trainings, filesOfOtherSeeds)]),
    ];
  });
  return [head, ...parts, ...notes].join("\n\n");
}

/** One paragraph, a sentence a line. */
function lines(phrases: readonly Parameters<typeof phraseToText>[0][]): string[] {
  return phrases.length === 0 ? [] : [phrases.map(phraseToText).join("\n")];
}

/** One line that needs no statistics. */
function inWords(
  { side: { name: ours }, evaluated: { comparisons }, judgement: { headline } }: ComparedCandidate,
  theirs: string,
) {
  if (comparisons.every(({ identical }) => identical)) return `${ours} says the same as ${theirs} in every row.`;
  if (headline === undefined)
    return `Nothing can be said of ${ours} against ${theirs}: ${comparisons[0]?.noIntervalBecause ?? "no metric has an interval"}.`;
  const { metric: primary, better, worse } = headline;
  const claims = comparisons.filter(({ metric }) => [...better, ...worse].includes(metric));
  if (claims.length === 0) {
    const asked = comparisons.filter(({ metric }) => primary === undefined || metric === primary);
    const chance = asked.some(({ seedVariance }) => seedVariance) ? "rows and seeds" : "rows";
    return [
      `No difference${primary === undefined ? "" : ` in ${primary}`} is shown between ${ours} and ${theirs}: changes of this size come about by the choice of ${chance} alone.`,
      ...unseen(asked),
    ].join(" ");
  }
  return claims
    .map(
      (claim) =>
        `${ours} is ${worse.includes(claim.metric) ? "worse" : "better"} than ${theirs} in ${claim.metric}: ${changeInWords(claim)}.`,
    )
    .join("\n");
}

function unseen(comparisons: readonly Comparison[]): string[] {
  const sizes = comparisons.flatMap(({ metric, interval, degreesOfFreedom }) => {
    const size = couldShow(interval, degreesOfFreedom);
    return size === undefined ? [] : [`${size.replace("±", "")} in ${metric}`];
  });
  return sizes.length === 0 ? [] : [`A true change smaller than ${sizes.slice(0, 3).join(", ")} would easily go unseen.`];
}

function verdictText({ outcome, gates }: NonNullable<ComparedCandidate["judgement"]["verdict"]>): string {
  const header = ["limit", "baseline", "candidate", "change", "95% interval", "result", ""];
  return `Verdict: ${outcome}\n\n${markdownTable([header, ...gates.map(gateRow)])}`;
}

import { shortDigest } from "../evidence/digest.ts";
import type { Evaluation } from "../evidence/evidence.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { plural, shortSha } from "./format.ts";
import { partsOf } from "./gate-row.ts";
import type { MeasuredPair } from "./measured.ts";
import { evaluationOf } from "./model-status.ts";
import { otherLabelsPhrases } from "./other-labels.ts";
import type { ModelReport } from "./report.ts";

/** Which rows the two columns of a gates table are on, and where the baseline's numbers come from. */
export function testSetPhrases(model: ModelReport): Phrase[] {
  const current = evaluationOf(model, "current");
  if (current === undefined) return [];
  const { testSetChanged } = model.plan;
  const rows: PhrasePart[] = [
    { code: current.testSet.path },
    ` (${plural(current.testSet.rows, "row")}, `,
    { code: `sha256:${shortDigest(current.testSet.digest, 8)}…` },
    ")",
  ];
  const phrases: Phrase[] = testSetChanged
    ? [
        [
          { strong: "The test set changed" },
          ": both columns are on the new rows, ",
          ...rows,
          evaluationOf(model, "base") ? ". The old test set is judged too." : ".",
        ],
      ]
    : [[current.baseline ? "Same test set for both models: " : "Test set: ", ...rows, "."]];
  phrases.push(...missingPhrases(current));
  if (current.baseline) {
    const how = current.baseline.how === "kept" ? "its predictions were kept" : "scored again on these rows";
    phrases.push(["Baseline: the model of ", { code: shortSha(current.baseline.commit) }, `, ${how}.`]);
  }
  const sides = [current.candidate, current.baseline].map((side) => side?.predictions.length);
  return [...phrases, ...designPhrases(current), ...trainingsPhrase(current, sides)];
}

/** What is declared of the rows: groups and weights. */
export function designPhrases({ group, weight }: MeasuredPair): Phrase[] {
  const phrases: Phrase[] = [];
  if (group)
    phrases.push([
      "Rows of one ",
      { code: group.column },
      ` are not independent: intervals count ${plural(group.groups, "group")}, not rows.`,
    ]);
  if (weight !== undefined) phrases.push(["Rows count by their weight in ", { code: weight }, "."]);
  return phrases;
}

/** What to do with plain files: who trained them is not known. */
export const filesOfOtherSeeds: Phrase =
  "check that the files are of trainings with different seeds, and that the trainer uses them";
const useTheSeed: Phrase = ["check that the trainer uses ", { code: "ASSAY_SEED" }];

/**
 * Whether the intervals hold for other seeds too.
 * @param trainings of the candidate and of the baseline; undefined where there is none
 * @param mend what to do where the seed changed nothing
 */
export function trainingsPhrase(
  { comparisons, seedsEqual = [] }: MeasuredPair,
  [candidate, baseline]: readonly (number | undefined)[],
  mend: Phrase = useTheSeed,
): Phrase[] {
  const [one, other] = seedsEqual;
  const whose = other ? "each side" : one === "candidate" ? "this change" : "the baseline";
  const equal: Phrase[] = one
    ? [[`All trainings of ${whose} predict the same, so the seed changed nothing: `, ...partsOf(mend), "."]]
    : [];
  if (candidate === undefined || baseline === undefined || comparisons.length === 0) return equal;
  if (comparisons.every(({ identical }) => identical)) return equal;
  const seeds = `what another seed would change is ${comparisons.some(({ seedVariance }) => seedVariance) ? "" : "not "}included`;
  if (candidate === 1 && baseline === 1) return [`These are two trained models; ${seeds}.`];
  if (candidate === baseline) return [`Each side is the mean of ${candidate} trainings; ${seeds}.`, ...equal];
  return [`Means of ${plural(candidate, "training")} of this change and ${baseline} of the baseline; ${seeds}.`, ...equal];
}

/** What stands above the second table. */
export function oldTestSetPhrases(evaluation: Evaluation): Phrase[] {
  const { path, rows, digest } = evaluation.testSet;
  return [
    ["Base's rows: ", { code: path }, ` (${plural(rows, "row")}, `, { code: `sha256:${shortDigest(digest, 8)}…` }, ")."],
    ...missingPhrases(evaluation),
    ...otherLabelsPhrases(evaluation),
  ];
}

function missingPhrases({ candidate, candidateMissing, baseline, baselineMissing }: Evaluation): Phrase[] {
  return [
    ...(candidate === undefined && candidateMissing
      ? [["No numbers for this change: ", withoutStop(candidateMissing), "."]]
      : []),
    ...(baseline === undefined && baselineMissing ? [["No baseline: ", withoutStop(baselineMissing), "."]] : []),
  ];
}

/** A message of somebody else that our sentence ends. */
function withoutStop(message: string): string {
  return message.trim().replace(/\.$/, "");
}

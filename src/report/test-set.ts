import { shortDigest } from "../evidence/digest.ts";
import type { Evaluation } from "../evidence/evidence.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { plural, shortSha } from "./format.ts";
import { evaluationOf } from "./model-status.ts";
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
  return phrases;
}

/** What stands above the second table. */
export function oldTestSetPhrases(evaluation: Evaluation): Phrase[] {
  const { path, rows, digest } = evaluation.testSet;
  return [
    ["Base's rows: ", { code: path }, ` (${plural(rows, "row")}, `, { code: `sha256:${shortDigest(digest, 8)}…` }, ")."],
    ...missingPhrases(evaluation),
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

/** `60 rows that the baseline gets wrong are right now, 41 that it gets right are wrong now.` */
export function flippedPhrase({ flipped }: Evaluation): string | undefined {
  if (flipped === undefined) return undefined;
  const { better, worse } = flipped;
  if (better === 0 && worse === 0) return "No row's predicted label turned right or wrong.";
  return `${plural(better, "row")} turned from wrong to right, ${plural(worse, "row")} from right to wrong.`;
}

/** A message of somebody else that our sentence ends. */
function withoutStop(message: string): string {
  return message.trim().replace(/\.$/, "");
}

import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { plural } from "./format.ts";
import type { MeasuredPair } from "./measured.ts";

/** What a side predicts and the test set does not have: a typo there looks like a bad model. */
export function otherLabelsPhrases({ candidate, baseline }: Pick<MeasuredPair, "candidate" | "baseline">): Phrase[] {
  return [...ofSide(candidate?.otherLabels, "this change"), ...ofSide(baseline?.otherLabels, "the baseline")];
}

type Found = NonNullable<MeasuredPair["candidate"]>["otherLabels"];

function ofSide(found: Found, side: string): Phrase[] {
  if (found === undefined) return [];
  const { predictions, different, labels } = found;
  const are = predictions === 1 ? "is a label" : "are labels";
  const shown: PhrasePart[] =
    labels.length === 0
      ? [plural(different, "different value")]
      : labels.flatMap((label, index): PhrasePart[] => [index === 0 ? "" : ", ", { code: label }]);
  return [
    [
      { strong: `${plural(predictions, "prediction")} of ${side} ${are} that the test set does not have` },
      ": ",
      ...shown,
      ". Each counts as an error; labels are compared as they are written.",
    ],
  ];
}

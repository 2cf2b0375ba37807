import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { shortSha } from "./format.ts";
import type { LawChange, Report } from "./report.ts";

/** The base branch by its name, where that is known. */
export function baseName({ pullRequest }: Report): PhrasePart {
  return pullRequest ? { code: pullRequest.baseRef } : "the base branch";
}

/** That the pull request changes the rules, and by which it was decided; undefined when it does not. */
export function lawIntroduction(report: Report): Phrase | undefined {
  const { law, lawChanges, pullRequest } = report;
  if (law === null) {
    return [
      { strong: ["There are no rules on ", baseName(report), " yet."] },
      " This change brings the first ",
      { code: "assay.yml" },
      "; an owner reviews it, and once it is merged its gates decide.",
    ];
  }
  if (lawChanges.length === 0) return undefined;
  const base: PhrasePart[] = [baseName(report), " (", { code: law.path }, " at ", { code: shortSha(law.commit) }, ")"];
  if (lawChanges.every(({ both }) => both))
    return [
      { strong: pullRequest ? "This PR changes the test set." : "The test set changes." },
      " It is judged on its own, and on that of ",
      ...base,
      ":",
    ];
  const own = lawChanges.some(({ both }) => both) ? ", not by its own; the test sets of both count:" : ", not by its own:";
  return [{ strong: pullRequest ? "This PR changes the rules." : "The rules change." }, " Decided by those of ", ...base, own];
}

/** `fraud: gate accuracy.no-worse-than: 0.03 → 0.10. By the new rules it would be: pass.` */
export function lawChangePhrase({ model, what, wouldBe }: LawChange): Phrase {
  return [{ code: model }, ": ", what, wouldBe === undefined ? "" : ` (by the new rules the model would be: ${wouldBe})`];
}

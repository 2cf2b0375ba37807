import type { Phrase } from "../markdown/phrase.ts";
import { shortSha } from "./format.ts";
import type { LawChange, Report } from "./report.ts";

export function baseName({ pullRequest }: Report): string {
  return pullRequest?.baseRef ?? "the base branch";
}

/** That the pull request changes the rules, and by which it was decided; undefined when it does not. */
export function lawIntroduction(report: Report): Phrase | undefined {
  const { law, lawChanges } = report;
  if (law === null) {
    return [
      { strong: ["There are no rules on ", { code: baseName(report) }, " yet."] },
      " This change brings the first ",
      { code: "assay.yml" },
      "; an owner reviews it, and once it is merged its gates decide.",
    ];
  }
  if (lawChanges.length === 0) return undefined;
  return [
    { strong: "This PR changes the rules." },
    " Decided by those of ",
    { code: baseName(report) },
    " (",
    { code: law.path },
    " at ",
    { code: shortSha(law.commit) },
    "), not by its own:",
  ];
}

/** `fraud: gate accuracy.no-worse-than: 0.03 → 0.10. By the new rules it would be: pass.` */
export function lawChangePhrase({ model, what, wouldBe }: LawChange): Phrase {
  return [{ code: model }, ": ", what, wouldBe === undefined ? "" : ` (by the new rules the model would be: ${wouldBe})`];
}

import { type ModelVerdict, standingOf } from "../../gates/verdict.ts";
import type { ReleaseRecord } from "../release-record.ts";

export interface JudgedAgain {
  /** By the default branch's rules; undefined: they do not have the model, or cannot be read. */
  now: ModelVerdict | undefined;
  /** By the tagged tree's own. */
  atTag: ModelVerdict | undefined;
  /** Commit of the branch between the two whose rules gave the recorded verdict. */
  between?: string | undefined;
  branch: string;
}

/**
 * Whether the evidence is judged as the release says. Rules that became stricter take nothing away from what was decided by the
 * earlier ones: then it is said. What neither passes was never decided so.
 */
export function checkVerdict(
  { verdict, breakGlass }: Pick<ReleaseRecord, "verdict" | "breakGlass">,
  { now, atTag, between, branch }: JudgedAgain,
): { wrong: string } | { holds: string } | { notProof: string } {
  const recorded = `release.json says that the verdict is ${verdict}`;
  if (now?.outcome === verdict) return { holds: `Verdict: ${verdict} by assay.yml on ${branch} as it is now.` };
  if (atTag?.outcome === verdict)
    return {
      notProof: now
        ? `The verdict would be ${now.outcome} today, by assay.yml on ${branch} as it is now: ${reasonsOf(now)}. By the tagged commit's assay.yml it is ${verdict}, as release.json says.`
        : `The verdict was judged by the tagged commit's assay.yml alone: that on ${branch} does not have the model now.`,
    };
  if (between !== undefined) {
    const today = now ? `would be ${now.outcome} today` : "cannot be judged today";
    return {
      notProof: `The verdict ${today}, by assay.yml on ${branch} as it is now. By that of ${between.slice(0, 7)}, which ${branch} had in between, it is ${verdict}, as release.json says.`,
    };
  }
  const judged = now ?? atTag;
  // It did not depend on the verdict, which is told as it was.
  if (breakGlass && judged)
    return { notProof: `${recorded}, which break-glass went around; judged again from the evidence it is ${judged.outcome}.` };
  return {
    wrong:
      judged === undefined
        ? `${recorded}, and neither assay.yml on ${branch} nor that of the tagged commit has the model to judge it by.`
        : `${recorded}, and judged again from the evidence it is ${judged.outcome}, by assay.yml on ${branch} as by the tagged commit's: ${reasonsOf(judged)}.`,
  };
}

const maxNamed = 5;

function reasonsOf({ gates, reasons }: ModelVerdict): string {
  const unmet = gates.filter((gate) => !["pass", "waived"].includes(standingOf(gate)));
  const named = unmet.map(({ name, note, outcome }) => `${name} ${outcome === "fail" ? "fails" : "is inconclusive"} (${note})`);
  const all = named.length > 0 ? named : reasons;
  const more = all.length > maxNamed ? [`${all.length - maxNamed} more`] : [];
  return [...all.slice(0, maxNamed), ...more].join("; ");
}

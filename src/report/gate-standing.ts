import { type GateResult, type GateStanding, type GivenWaiver, standingOf } from "../gates/verdict.ts";
import { visible } from "../markdown/escape.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { shortSha } from "./format.ts";

export { type GateStanding, standingOf };

/** An icon and a word, always both. */
export const standingWords: Readonly<Record<GateStanding, string>> = {
  pass: "✅ pass",
  fail: "❌ fail",
  inconclusive: "❔ inconclusive",
  waived: "⚠️ waived",
};

/** What stands behind the word: the gate's note, and who waived it until when. */
export function standingNote(result: Pick<GateResult, "outcome" | "note" | "waiver">): Phrase {
  const { outcome, note, waiver } = result;
  if (waiver === undefined || outcome === "pass") return note;
  if (waiver.expired) return [note, note === "" ? "" : "; ", "the waiver of ", ...giver(waiver), ` ended on ${waiver.until}`];
  const would = outcome === "fail" ? "would fail" : "would be inconclusive";
  return [`until ${waiver.until} by `, ...giver(waiver), ` (${would}${note === "" ? "" : `: ${note}`})`];
}

/** Who, and where that was on a pull request on which commit: others may have been pushed since. */
function giver({ by, headSha }: GivenWaiver): PhrasePart[] {
  return headSha === undefined ? [{ code: by }] : [{ code: by }, " on ", { code: shortSha(headSha) }];
}

export interface WaivedGate {
  phrase: Phrase;
  /** Whether it counts now. */
  inForce: boolean;
}

/** One entry a waiver: who, why, until when, and whether it counts. Those in force first. */
export function waivedGates(gates: readonly GateResult[], maxReason: number): WaivedGate[] {
  const byGate = Map.groupBy(
    gates.filter(({ waiver }) => waiver !== undefined),
    ({ waiver }) => waiver?.gate ?? "",
  );
  const all = [...byGate].map(([name, results]): WaivedGate => {
    const inForce = results.some((result) => standingOf(result) === "waived");
    const waiver = results[0]?.waiver;
    if (waiver === undefined) return { phrase: "", inForce };
    const { until, expired, reason } = waiver;
    const counts: PhrasePart[] = expired
      ? [`the waiver of `, ...giver(waiver), ` ended on ${until} and does not count`]
      : inForce
        ? [`waived by `, ...giver(waiver), ` until ${until}`, waiver.headSha === undefined ? "" : ", whatever else is pushed"]
        : [`waived by `, ...giver(waiver), ` until ${until}, which is not needed now`];
    return { inForce, phrase: [{ code: name }, ": ", ...counts, ". Reason: ", visible(reason, maxReason)] };
  });
  return [...all.filter(({ inForce }) => inForce), ...all.filter(({ inForce }) => !inForce)];
}

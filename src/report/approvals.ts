import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { shortSha } from "./format.ts";
import type { ModelReport, Report } from "./report.ts";

/** Models of which only an owner's approval is missing. */
export function modelsToApprove({ app, models }: Report): ModelReport[] {
  if (app === undefined) return [];
  return models.filter(({ state }) => {
    if (state.kind !== "judged" && state.kind !== "recorded") return false;
    return state.verdict.outcome !== "fail" && (state.ownerDecides ?? []).length > 0 && (state.approvals ?? []).length === 0;
  });
}

/** What an approval of it would bind: digests of the results that the report shows, by model. */
export function resultsIn({ models }: Report): Record<string, string> {
  return Object.fromEntries(
    models.flatMap(({ name, state }) => {
      const seal = state.kind === "judged" || state.kind === "recorded" ? state.evidence.seal : undefined;
      return seal ? [[name, seal.resultDigest]] : [];
    }),
  );
}

/** Who approved the model on what, what that settles, and which approvals do not count any more. */
export function approvalPhrases({ app }: Report, { name, state }: ModelReport): { icon: string; phrase: Phrase }[] {
  const settled = (state.kind === "judged" || state.kind === "recorded" ? state.ownerDecides : undefined) ?? [];
  return (app?.approvals ?? [])
    .filter(({ model }) => model === name)
    .map(({ by, headSha, voided }) => {
      const who: PhrasePart[] = [{ code: `@${by}` }, " on ", { code: shortSha(headSha) }];
      if (voided !== undefined)
        return { icon: "ℹ️", phrase: ["The approval by ", ...who, ` does not count any more: ${voided}.`] };
      const what: PhrasePart[] = settled.length === 0 ? ["."] : [". That settles: ", settled.join(" ")];
      return { icon: "✅", phrase: [{ strong: "Approved" }, " by ", ...who, ...what] };
    });
}

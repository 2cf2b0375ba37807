import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { type GateRow, gateRowOf, partsOf } from "./gate-row.ts";
import { standingOf } from "./gate-standing.ts";
import { gatesWorstFirst, stateWithoutVerdict, verdictOf, waitPhrase, withoutEvidence, worstFirst } from "./model-status.ts";
import type { ModelReport, Report } from "./report.ts";

/** What stands in the way, the worst first: one sentence a failed or lost job, failed or inconclusive gate, or reason. */
export interface Blocker {
  model: string;
  outcome: "fail" | "inconclusive";
  phrase: Phrase;
}

export function blockers(report: Report): Blocker[] {
  const all = [...unverifiedBlockers(report), ...worstFirst(report.models).flatMap(blockersOf)];
  return [...all.filter(({ outcome }) => outcome === "fail"), ...all.filter(({ outcome }) => outcome === "inconclusive")];
}

/** Said once of all models, also where a run says that there are none. */
function unverifiedBlockers({ unverified, models }: Report): Blocker[] {
  if (unverified === undefined) return [];
  const phrase: Phrase = ["Nobody can vouch for this run: ", unverified, ". Nothing that it says of a model is judged."];
  const own = models.flatMap(({ name, state }): Blocker[] => {
    if (state.kind !== "unverified" || state.message === unverified) return [];
    return [{ model: name, outcome: "inconclusive", phrase: [{ code: name }, ": not trained. ", state.message] }];
  });
  return [{ model: "", outcome: "inconclusive", phrase }, ...own];
}

function blockersOf(model: ModelReport): Blocker[] {
  const { name } = model;
  if (stateWithoutVerdict(model)) return [{ model: name, outcome: "fail", phrase: jobPhrase(model) }];
  const wait = waitPhrase(model);
  if (wait) return [{ model: name, outcome: "inconclusive", phrase: [{ code: name }, ": not trained yet. ", ...partsOf(wait)] }];
  const verdict = verdictOf(model);
  if (verdict === undefined || verdict.outcome === "pass") return [];
  const gates = gatesWorstFirst(model)
    .filter((result) => ["fail", "inconclusive"].includes(standingOf(result)))
    .map((result): Blocker => {
      const old: PhrasePart[] = result.role === "base" ? [" on the old test set"] : [];
      return {
        model: name,
        outcome: result.outcome === "fail" ? "fail" : "inconclusive",
        phrase: [{ code: name }, " ", ...gatePhrase(gateRowOf(model, result), old)],
      };
    });
  const outcome = verdict.outcome;
  return [
    ...gates,
    ...verdict.reasons.map((reason): Blocker => ({ model: name, outcome, phrase: [{ code: name }, ": ", reason] })),
  ];
}

/** `fraud: the job failed: message (log)`. */
export function jobPhrase(model: ModelReport): Phrase {
  const state = stateWithoutVerdict(model);
  if (!state) return [];
  const log: PhrasePart[] = state.job ? [" (", { link: ["log of ", state.job.name], to: state.job.url }, ")"] : [];
  const what = state.kind === "failed" ? ": " : `: ${withoutEvidence[state.kind]}. `;
  return [{ code: model.name }, what, state.message, ...log];
}

function gatePhrase(row: GateRow, where: readonly PhrasePart[]): PhrasePart[] {
  const { title, baseline, candidate, change, interval, candidateInterval } = row;
  const verb = change === "—" ? "" : change.startsWith("−") ? " fell" : change === "0" ? " did not change:" : " rose";
  const values = verb === "" ? ` is ${candidate}` : `${verb} ${baseline} → ${candidate}`;
  const known = candidateInterval
    ? `95% interval ${candidateInterval.low} to ${candidateInterval.high}; `
    : interval
      ? `95% interval of the change ${interval.low} to ${interval.high}; `
      : "";
  const note: PhrasePart[] = row.outcome === "inconclusive" && row.note !== "" ? ["; ", ...partsOf(row.note)] : [];
  return [{ strong: title }, ...where, `${values} (${known}needs ${row.needs}`, ...note, ")"];
}

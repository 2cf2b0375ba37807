import { visible } from "../markdown/escape.ts";
import { type Phrase, phraseToText } from "../markdown/phrase.ts";
import { jobPhrase } from "./blockers.ts";
import { gateRowOf, partsOf } from "./gate-row.ts";
import { type GateStanding, standingOf } from "./gate-standing.ts";
import {
  evidenceOf,
  gatesWorstFirst,
  stateWithoutVerdict,
  verdictOf,
  waitPhrase,
  withoutEvidence,
  worstFirst,
} from "./model-status.ts";
import { faultRows } from "./quality.ts";
import type { ModelReport, Report } from "./report.ts";

/** Something to say at a place of the repository. `file` is absent when there is no place for it. */
export interface Annotation {
  level: "error" | "warning" | "notice";
  title: string;
  message: string;
  file?: string | undefined;
  line?: number | undefined;
}

/** One annotation a failed, inconclusive or waived gate, failed or lost job, reason, and fault that a change brings to its data; the worst first, plain text. */
export function annotations(report: Report): Annotation[] {
  const all = worstFirst(report.models).flatMap((model): Annotation[] => {
    const { name } = model;
    const without = stateWithoutVerdict(model);
    if (without) return [annotation("error", `${name}: ${withoutEvidence[without.kind]}`, jobPhrase(model))];
    const wait = waitPhrase(model);
    if (wait) return [annotation("notice", `${name}: not trained yet`, wait)];
    const verdict = verdictOf(model);
    if (verdict === undefined) return [];
    const gates = gatesWorstFirst(model)
      .filter(({ outcome }) => outcome !== "pass")
      .map((result): Annotation => {
        const row = gateRowOf(model, result);
        const standing = standingOf(result);
        const level = levelOf(standing, report.onInconclusive);
        const interval = row.candidateInterval ?? row.interval;
        const change = row.change === "—" ? "" : `, change ${row.change}`;
        const certainty = interval ? ` (95% interval ${interval.low} to ${interval.high})` : "";
        const old = result.role === "base" ? " on the old test set" : "";
        const numbers = `${old}: baseline ${row.baseline}, now ${row.candidate}${change}${certainty}; needs ${row.needs}. `;
        const waived = standing === "waived" ? ["Waived "] : [];
        const message: Phrase = [...partsOf(row.title), numbers, ...waived, ...partsOf(row.note)];
        const { file, line } = result.gate.position;
        const title = `${name}: ${result.name} ${standingVerbs[standing]}`;
        return { ...annotation(level, title, message), file, line };
      });
    const level = verdict.outcome === "fail" ? "error" : "warning";
    const reasons = verdict.outcome === "pass" ? [] : verdict.reasons.map((reason) => annotation(level, name, reason));
    return [...gates, ...reasons, ...faultsInPlace(model)];
  });
  return [...all.filter(({ level }) => level === "error"), ...all.filter(({ level }) => level !== "error")];
}

const maxFaultsInPlace = 10;

/** What the change brings, at the first row that is at fault: where a reviewer sees the data. The gate says whether it counts. */
function faultsInPlace(model: ModelReport): Annotation[] {
  const tables = evidenceOf(model)?.data?.quality ?? [];
  return tables
    .flatMap((table) => faultRows(table, maxExamples))
    .filter(({ isNew, fault }) => isNew && fault.place !== undefined)
    .slice(0, maxFaultsInPlace)
    .map(({ fault, found, rows }) => ({
      ...annotation(fault.severity === "error" ? "warning" : "notice", `${model.name}: ${fault.check}`, `${found} Rows: ${rows}`),
      ...fault.place,
    }));
}

const maxExamples = 20;

const standingVerbs: Readonly<Record<GateStanding, string>> = {
  pass: "passed",
  fail: "failed",
  inconclusive: "is inconclusive",
  waived: "is waived",
};

function levelOf(standing: GateStanding, onInconclusive: Report["onInconclusive"]): Annotation["level"] {
  if (standing === "fail") return "error";
  return standing === "inconclusive" && onInconclusive === "block" ? "warning" : "notice";
}

function annotation(level: Annotation["level"], title: string, message: Phrase): Annotation {
  return { level, title: visible(title, 200), message: phraseToText(message) };
}

/** GitHub shows ten errors and ten warnings a step. */
const maxPerLevel = 10;

/** As many as GitHub shows in a step's log, the last one counting the rest. */
export function stepAnnotations(report: Report): Annotation[] {
  const all = annotations(report);
  return (["error", "warning", "notice"] as const).flatMap((level) => {
    const some = all.filter((candidate) => candidate.level === level);
    if (some.length <= maxPerLevel) return some;
    const rest = some.length - maxPerLevel + 1;
    return [...some.slice(0, maxPerLevel - 1), annotation(level, `and ${rest} more`, "The report has them all.")];
  });
}

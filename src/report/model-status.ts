import type { Evaluation, Evidence } from "../evidence/evidence.ts";
import type { GateOutcome, GateResult, ModelVerdict } from "../gates/verdict.ts";
import type { Phrase } from "../markdown/phrase.ts";
import { nameOfGate } from "../spec/gate-name.ts";
import { plural } from "./format.ts";
import { type GateStanding, standingOf } from "./gate-standing.ts";
import type { ModelReport, Report } from "./report.ts";

/** How a model stands, for people. */
export type ModelStatus = GateOutcome | "pending" | "waiting" | "recorded" | "unchanged";

/** A job that failed, was lost or withheld, or was never asked for, is a fail; a recorded model that still needs somebody's decision is inconclusive. */
export function statusOf({ state }: ModelReport): ModelStatus {
  switch (state.kind) {
    case "judged":
      return state.verdict.outcome;
    case "recorded":
      return state.verdict.outcome === "pass" ? "recorded" : state.verdict.outcome;
    case "failed":
    case "lost":
    case "unevaluated":
    case "withheld":
      return "fail";
    case "unverified":
      return "inconclusive";
    default:
      return state.kind;
  }
}

/** A status is always an icon and a word. */
export const statusIcons: Readonly<Record<ModelStatus, string>> = {
  pass: "✅",
  fail: "❌",
  inconclusive: "❔",
  pending: "⏳",
  waiting: "⏸️",
  recorded: "✅",
  unchanged: "✅",
};

/** Worst first, so that what matters is read first and dropped last. */
const statusOrder: readonly ModelStatus[] = ["fail", "waiting", "inconclusive", "pending", "pass", "recorded", "unchanged"];

export function worstFirst(models: readonly ModelReport[]): ModelReport[] {
  return models.toSorted((a, b) => statusOrder.indexOf(statusOf(a)) - statusOrder.indexOf(statusOf(b)));
}

/** Nothing to decide about and nothing waived: it may be folded where something else has to be read. */
export function isCalm(model: ModelReport): boolean {
  return ["pass", "recorded"].includes(statusOf(model)) && countWaived(model) === 0;
}

/** Gates that count as met only because they are waived. */
export function countWaived(model: ModelReport): number {
  return standingsOfGates(verdictOf(model)?.gates ?? []).filter((standing) => standing === "waived").length;
}

/** What is said of a model that has no verdict and will have none. */
export const withoutEvidence = {
  failed: "job failed",
  lost: "job lost",
  unevaluated: "not evaluated",
  withheld: "not trained",
} as const;

/** The state of a model that has no verdict and will have none; undefined of any other. */
export function stateWithoutVerdict({ state }: ModelReport) {
  switch (state.kind) {
    case "failed":
    case "lost":
    case "unevaluated":
    case "withheld":
      return state;
    default:
      return undefined;
  }
}

/** Why nothing of what was said of a model is judged. */
export function unverifiedPhrase(reason: string): Phrase {
  return ["nobody can vouch for what was reported of it (", reason, "), so none of it is judged."];
}

/** What a model waits for, a sentence; undefined of any other. */
export function waitPhrase({ state }: ModelReport): Phrase | undefined {
  if (state.kind !== "waiting") return undefined;
  if (state.waitsFor === "ready") return "The pull request is a draft: it is trained when that is marked ready for review.";
  return ["It is trained when the pull request has the label ", { code: state.waitsFor.label }, "."];
}

export function verdictOf({ state }: ModelReport): ModelVerdict | undefined {
  return state.kind === "judged" || state.kind === "recorded" ? state.verdict : undefined;
}

export function evidenceOf({ state }: ModelReport): Evidence | undefined {
  return "evidence" in state ? state.evidence : undefined;
}

export function evaluationOf(model: ModelReport, role: Evaluation["role"]): Evaluation | undefined {
  return evidenceOf(model)?.evaluations.find((evaluation) => evaluation.role === role);
}

const standingOrder: readonly GateStanding[] = ["fail", "inconclusive", "waived", "pass"];

export function gatesWorstFirst(model: ModelReport, role?: GateResult["role"]): GateResult[] {
  const gates = verdictOf(model)?.gates ?? [];
  return worstGatesFirst(gates.filter((gate) => role === undefined || gate.role === role));
}

export function worstGatesFirst(gates: readonly GateResult[]): GateResult[] {
  return gates.toSorted((a, b) => standingOrder.indexOf(standingOf(a)) - standingOrder.indexOf(standingOf(b)));
}

/** Of each gate on each test set how it stands: by the worst of its slices, where it has several. */
function standingsOfGates(results: readonly GateResult[]): GateStanding[] {
  const byGate = Map.groupBy(results, ({ role, gate }) => `${role} ${nameOfGate(gate)}`);
  return [...byGate.values()].map((slices) => {
    const standings = slices.map(standingOf);
    return standingOrder.find((standing) => standings.includes(standing)) ?? "pass";
  });
}

/** `2 failed, 1 inconclusive, 4 passed`, `5 of 5 passed`, `training failed`, … */
export function describeStatus(model: ModelReport, event: Report["event"]): string {
  const { state } = model;
  switch (state.kind) {
    case "unchanged":
      return "unchanged";
    case "pending":
      return state.message === undefined ? "in progress" : "handed off";
    case "waiting":
      return "not trained yet";
    case "failed":
    case "lost":
    case "unevaluated":
    case "withheld":
      return withoutEvidence[state.kind];
    case "unverified":
      return "unverified";
    default: {
      const counts = countGates(state.verdict.gates);
      if (state.kind === "judged") return counts;
      const recorded = event === "pull_request" ? "no baseline yet" : "baseline recorded";
      return state.verdict.gates.length === 0 ? recorded : `${recorded}, ${counts}`;
    }
  }
}

function countGates(results: readonly GateResult[]): string {
  const standings = standingsOfGates(results);
  const count = (wanted: GateStanding) => standings.filter((standing) => standing === wanted).length;
  const passed = count("pass");
  if (standings.length === 0) return "no gates";
  if (passed === standings.length) return `${passed} of ${plural(standings.length, "gate")} passed`;
  return [
    [count("fail"), "failed"],
    [count("inconclusive"), "inconclusive"],
    [count("waived"), "waived"],
    [passed, "passed"],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}

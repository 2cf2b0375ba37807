import type { Evidence } from "../evidence/evidence.ts";

/** Why a run has no result, for people; undefined when it has one. */
export function failureOf(evidence: Evidence): string | undefined {
  const unfinished = evidence.trainings.filter(({ outcome }) => outcome !== "completed");
  const training = unfinished.find(({ outcome }) => outcome !== "handed-off") ?? unfinished[0];
  if (training) return training.message ?? `Training ended as ${training.outcome}.`;
  if (evidence.evaluationFailure) return evidence.evaluationFailure.message;
  return evidence.evaluations.find(({ role }) => role === "current")?.candidateMissing;
}

/** Nothing failed, and a later run of the workflow collects what goes on elsewhere. */
export function isHandedOff({ trainings }: Evidence): boolean {
  const unfinished = trainings.filter(({ outcome }) => outcome !== "completed");
  return unfinished.length > 0 && unfinished.every(({ outcome }) => outcome === "handed-off");
}

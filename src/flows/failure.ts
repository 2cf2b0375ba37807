import type { Evidence } from "../evidence/evidence.ts";

/** Why a run has no result, for people; undefined when it has one. */
export function failureOf(evidence: Evidence): string | undefined {
  const training = evidence.trainings.find(({ outcome }) => outcome !== "completed");
  if (training) return training.message ?? `Training ended as ${training.outcome}.`;
  if (evidence.evaluationFailure) return evidence.evaluationFailure.message;
  return evidence.evaluations.find(({ role }) => role === "current")?.candidateMissing;
}

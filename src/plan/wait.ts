import type { Train } from "../spec/spec.ts";
import { needsTraining, type PlannedModel, type WaitsFor } from "./plan.ts";

/** How far a pull request is, as its event tells. */
export interface Readiness {
  draft: boolean;
  labels: readonly string[];
}

/**
 * The model as it waits for its time, where something has to be trained: a label is an explicit wish, of a draft too. What was
 * trained before is evaluated at any time.
 * @param when of the law in force: a pull request does not choose for itself when machines are spent on it
 */
export function waitForPerson(model: PlannedModel, when: Train["when"], { draft, labels }: Readiness): PlannedModel {
  if (!needsTraining(model)) return model;
  const waitsFor = when === "push" ? (draft ? "ready" : undefined) : hasLabel(labels, when.label) ? undefined : when;
  return waitsFor === undefined ? model : { ...model, waitsFor };
}

/** GitHub's labels are the same whatever their case. */
function hasLabel(labels: readonly string[], wanted: string): boolean {
  return labels.some((label) => label.toLowerCase() === wanted.toLowerCase());
}

/** For a log; the report has it with its own words. */
export function describeWait(waitsFor: WaitsFor): string {
  return waitsFor === "ready"
    ? "it is trained when the pull request is marked ready for review"
    : `it is trained when the pull request has the label ${waitsFor.label}`;
}

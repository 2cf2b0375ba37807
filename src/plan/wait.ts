import type { Model, Spec, Train } from "../spec/spec.ts";
import { lawOnRunner } from "./law-on-runner.ts";
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

/**
 * When the law has a model trained; the head's own word where the law knows neither it nor one that runs on such a runner. Of several
 * the one that waits for a label: a new name, or another runner, does not take a training out of a person's hands.
 */
export function whenInForce(head: Model, law: Spec | undefined): Train["when"] {
  if (!law) return head.train.when;
  const own = (law.models.get(head.name) ?? head).train.when;
  const waits = lawOnRunner(law, head.name, head.train.runner).flatMap(({ train: { when } }) => (when === "push" ? [] : [when]));
  const isOneOf = own !== "push" && waits.some(({ label }) => hasLabel([own.label], label));
  return isOneOf ? own : (waits[0] ?? own);
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

import type { Model, Spec, Train } from "../spec/spec.ts";
import { hasSameLabels } from "./law-on-runner.ts";
import { needsJob } from "./matrix.ts";
import type { PlannedModel } from "./plan.ts";
import { isHostedLabel } from "./withhold.ts";

/**
 * A model of a fork's commit that an owner allowed to be trained. It gets the machines that the base branch's `assay.yml` trains it on,
 * or GitHub's own; one that base does not know gets those of some model there. Whoever allowed the commit did not choose others.
 */
export function withholdMoved(planned: PlannedModel, { name, train }: Model, law: Spec | undefined): PlannedModel {
  const isHosted = train.runner.length > 0 && train.runner.every(isHostedLabel) && train.engine.kind === "local";
  if (!needsJob(planned) || isHosted) return planned;
  const known = law?.models.get(name);
  const trained = known ? [known] : [...(law?.models.values() ?? [])];
  if (trained.some((model) => isSameMachine(model.train, train))) return planned;
  const where = train.engine.kind === "local" ? train.runner.join(", ") : "a Ray cluster";
  const withheld =
    `The fork's commit runs it on ${where}, where the base branch's assay.yml does not train ${known ? "it" : "any model"}, and an owner allowed the ` +
    "commit and no other machines. A maintainer who has read the change can push it to a branch of this repository and open a pull request from there.";
  return { ...planned, withheld };
}

function isSameMachine(some: Train, other: Train): boolean {
  const storage = ({ engine }: Train) => (engine.kind === "ray" ? engine.storage : undefined);
  return some.engine.kind === other.engine.kind && storage(some) === storage(other) && hasSameLabels(some.runner, other.runner);
}

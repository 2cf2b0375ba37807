import { needsJob } from "./matrix.ts";
import type { Plan, PlannedModel } from "./plan.ts";

/** Labels of the machines that GitHub lends to everybody: https://docs.github.com/en/actions/reference/runners */
const hostedLabel =
  /^(ubuntu-(latest|slim|\d\d\.\d\d(-arm)?)|windows-(latest|\d{4}|\d\d-arm)|macos-(latest|\d\d)(-(large|xlarge|intel))?)$/;

export function isHostedLabel(label: string): boolean {
  return hostedLabel.test(label);
}

/**
 * The plan of a fork's pull request: models that train elsewhere than on GitHub's own machines, such as on a cluster, get no job, since whoever opens
 * the pull request decides what runs in it. Only a runner group can enforce this; a plan must not ask for it.
 */
export function withholdFromFork(plan: Plan): Plan {
  return { ...plan, models: plan.models.map(withhold) };
}

function withhold(model: PlannedModel): PlannedModel {
  const isHosted = model.runner.length > 0 && model.runner.every(isHostedLabel);
  if (!needsJob(model) || (isHosted && model.engine === undefined)) return model;
  const where = isHosted ? "a Ray cluster" : model.runner.join(", ");
  const withheld =
    `It runs on ${where}, and this pull request comes from a fork: machines of one's own run no fork's code. ` +
    "A maintainer who has read the change can push it to a branch of this repository and open a pull request from there.";
  return { ...model, withheld };
}

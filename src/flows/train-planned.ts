import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Plan, PlannedModel } from "../plan/plan.ts";
import { commitTree, workTree } from "../plan/tree.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { failureOf } from "./failure.ts";
import { trainElsewhere, trainModel } from "./train-model.ts";

export interface TrainPlannedRequest {
  plan: Plan;
  model: string;
  /** Of the checked-out tree. */
  spec: Spec;
  /** Of the commit that is compared with. */
  base: Law | null;
  identity: RunIdentity;
  /** By hand: the work tree is trained, with what is not committed. */
  uncommitted?: boolean;
}

/** Trains what the plan says of one model: the candidate where it is checked out, the baseline in a work tree beside it. */
export async function trainPlanned(request: TrainPlannedRequest, machine: Machine): Promise<readonly Evidence[]> {
  const { plan, spec, base, identity } = request;
  const planned = plannedModel(plan, request.model);
  const trained: Evidence[] = [];
  if (planned.candidate.decision === "train") {
    const tree = request.uncommitted ? workTree(machine.git, machine.files) : commitTree(machine.git, plan.commit);
    const model = modelOf(spec, request.model);
    const evidence = await trainModel(
      { planned: planned.candidate, spec, model, tree, folder: machine.git.root, identity },
      machine,
    );
    trained.push(evidence);
    if (failureOf(evidence)) return trained;
  } else machine.progress(`${request.model} is not trained: ${planned.candidate.because.join("; ")}`);
  if (planned.baseline?.decision === "train" && base) {
    const model = modelOf(base.spec, request.model);
    trained.push(await trainElsewhere({ planned: planned.baseline, spec: base.spec, model, identity }, machine));
  }
  return trained;
}

/** @throws UsageError naming the models that were planned */
export function plannedModel(plan: Plan, model: string): PlannedModel {
  const planned = plan.models.find(({ model: name }) => name === model);
  if (planned) return planned;
  const known = plan.models.map(({ model: name }) => name).join(", ") || "none";
  throw new UsageError(`The plan has no model \`${model}\`; it has: ${known}. Name one of them.`);
}

function modelOf(spec: Spec, name: string): Model {
  const model = spec.models.get(name);
  if (model) return model;
  throw new MissingDataError(`${spec.path} has no model ${name}, although the plan has. Check out the commit that was planned.`);
}

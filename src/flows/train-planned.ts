import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Plan, PlannedRun } from "../plan/plan.ts";
import { plannedModel, pointsOf } from "../plan/planned-model.ts";
import { commitTree, workTree } from "../plan/tree.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import { endedByItself } from "../training/choose-experiment.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { failureOf, isHandedOff } from "./failure.ts";
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
  /** Only this point of the candidate's grid, from 1, or only the `baseline`; as the matrix has it. */
  point?: string | undefined;
}

/**
 * Trains what the plan says of one model: the candidate where it is checked out, the baseline in a work tree beside it; of a grid
 * every point that has no run yet, one after the other.
 */
export async function trainPlanned(request: TrainPlannedRequest, machine: Machine): Promise<readonly Evidence[]> {
  const { plan, spec, base, identity, point } = request;
  const planned = plannedModel(plan, request.model);
  const trained: Evidence[] = [];
  if (planned.candidate.decision !== "train")
    machine.progress(`${request.model} is not trained: ${planned.candidate.because.join("; ")}`);
  else if (point !== "baseline") {
    const tree = request.uncommitted ? workTree(machine.git, machine.files) : commitTree(machine.git, plan.commit);
    const at = { spec, tree, folder: machine.git.root, identity };
    for (const one of runsOf(planned.candidate, modelOf(spec, request.model), machine, point)) {
      trained.push(await trainModel({ ...one, ...at }, machine));
      if (machine.signal.aborted) return trained;
    }
    // What was handed off may be trained beside its baseline.
    if (trained.length > 0 && trained.every((evidence) => failureOf(evidence) && !isHandedOff(evidence))) return trained;
  }
  // Once nothing else is missing, it is waited for.
  const waits = !trained.some(isHandedOff);
  const isForBaseline = point === undefined || point === "baseline";
  if (isForBaseline && planned.baseline?.decision === "train" && base)
    for (const one of runsOf(planned.baseline, modelOf(base.spec, request.model), machine))
      trained.push(await trainElsewhere({ ...one, spec: base.spec, identity, waits }, machine));
  return trained;
}

/**
 * Trained runs for want of which the job fails. An experiment that fails by itself cannot be chosen, and the others go on.
 * @param trained by the request
 */
export function unfinishedRuns(
  { plan, model, point }: Pick<TrainPlannedRequest, "plan" | "model" | "point">,
  trained: readonly Evidence[],
): readonly Evidence[] {
  const { candidate, baseline } = plannedModel(plan, model);
  const experiments = [candidate, baseline].flatMap((run) => run?.points ?? []).map(({ inputHash }) => inputHash);
  const unfinished = trained.filter(failureOf);
  if (point === undefined && unfinished.length === trained.length) return unfinished;
  return unfinished.filter(
    ({ inputHash, trainings }) => !experiments.some((hash) => hash === inputHash) || !trainings.every(endedByItself),
  );
}

/** What is trained of a run: the model, or where it stands at each point of its grid that there is no run of. */
function runsOf(
  planned: PlannedRun,
  model: Model,
  { progress }: Machine,
  only?: string,
): readonly { planned: PlannedRun; model: Model }[] {
  if (!planned.points) return [{ planned, model }];
  const placed = pointsOf(planned, model);
  if (only !== undefined && !placed[Number(only) - 1])
    throw new UsageError(
      `${model.name} has ${placed.length} points in its grid, and no point ${only}. Pass on the matrix unchanged.`,
    );
  const reused = placed.filter(({ planned: { decision } }) => decision === "reuse").length;
  if (reused > 0 && only === undefined)
    progress(`${model.name}: ${reused} of ${placed.length} experiments have been trained before`);
  return placed.filter(
    ({ planned: { decision } }, index) => decision === "train" && (only === undefined || only === String(index + 1)),
  );
}

function modelOf(spec: Spec, name: string): Model {
  const model = spec.models.get(name);
  if (model) return model;
  throw new MissingDataError(`${spec.path} has no model ${name}, although the plan has. Check out the commit that was planned.`);
}

import type { Evidence } from "../evidence/evidence.ts";
import type { PlannedRun } from "../plan/plan.ts";
import { commitTree, workTree } from "../plan/tree.ts";
import type { Spec } from "../spec/spec.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { type EvaluateRequest, evaluateChange } from "./evaluate-change.ts";
import { failureOf } from "./failure.ts";
import type { Records } from "./fetch-run.ts";
import { selectRun } from "./select-run.ts";

export interface EvaluatePlannedRequest extends EvaluateRequest {
  identity: RunIdentity;
}

/** Chooses the best points of grids, where there are any, and evaluates the candidate. */
export async function evaluatePlanned(request: EvaluatePlannedRequest, machine: Machine, records: Records): Promise<Evidence> {
  const { planned, spec, base, identity } = request;
  const { git, files } = machine;

  async function select(
    run: PlannedRun | undefined,
    from: Spec | undefined,
    uncommitted: boolean,
  ): Promise<Evidence | undefined> {
    const model = from?.models.get(planned.model);
    if (!from || !model || !run?.points || run.decision === "reuse") return undefined;
    const tree = uncommitted ? workTree(git, files) : commitTree(git, run.commit);
    return selectRun({ planned: run, spec: from, model, tree, identity }, machine, records);
  }

  const candidate = await select(planned.candidate, spec, request.uncommitted ?? false);
  if (candidate && failureOf(candidate) !== undefined) return candidate;
  // Of a baseline that cannot be chosen the evaluation says why it is missing.
  if (planned.baseline?.inputHash !== planned.candidate.inputHash) await select(planned.baseline, base?.spec, false);
  return evaluateChange(request, machine, records);
}

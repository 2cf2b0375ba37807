import type { Evidence } from "../../src/evidence/evidence.ts";
import { failureOf, isHandedOff } from "../../src/flows/failure.ts";
import { trainPlanned, unfinishedRuns } from "../../src/flows/train-planned.ts";
import { createArtifactJobFiles } from "../runtime/artifact-job-files.ts";
import { readEvent } from "../runtime/event.ts";
import { handOver } from "../runtime/hand-over.ts";
import { lawFromClone, specOf } from "../runtime/laws.ts";
import { createMachine } from "../runtime/machine.ts";
import * as step from "../runtime/step.ts";
import { throwUnfinished } from "../runtime/unfinished.ts";
import { withUntrustedOutput } from "../runtime/untrusted-output.ts";
import type { TrainInputs } from "./inputs.ts";

/** Trains what the plan says of one model: the candidate, and the baseline when its model is gone. */
export async function train({ plan, model, point, spec, token, env }: TrainInputs): Promise<void> {
  const event = readEvent();
  const machine = await createMachine((files) => createArtifactJobFiles(files, event, token), token, env, handOver());
  const head = specOf(await lawFromClone(machine, plan.commit, spec), plan);
  const base = await lawFromClone(machine, plan.base, spec);
  const request = { plan, model, point, spec: head, base, identity: event.identity };
  const trained = await withUntrustedOutput(`Train ${model}`, () => trainPlanned(request, machine));
  const isCandidate = ({ source }: Evidence) => source.commit === plan.commit;
  const ours = trained.filter(isCandidate);
  throwUnfinished(unfinishedRuns(request, ours));
  for (const evidence of trained) {
    const failure = failureOf(evidence);
    if (!failure) continue;
    if (isHandedOff(evidence)) {
      step.notice(`${model}: ${failure}`);
      continue;
    }
    // The candidate can still be evaluated: the verdict then says that the baseline is missing.
    const what = isCandidate(evidence) ? "an experiment failed and cannot be chosen" : "the baseline could not be trained again";
    step.warning(`${model}: ${what}: ${failure}`);
  }
}

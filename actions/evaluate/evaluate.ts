import { evaluatePlanned } from "../../src/flows/evaluate-planned.ts";
import { failureOf, RunFailedError } from "../../src/flows/failure.ts";
import { HandedOffError } from "../../src/flows/fetch-run.ts";
import { lawCommit } from "../../src/flows/read-law.ts";
import { plannedModel } from "../../src/plan/planned-model.ts";
import { createArtifactJobFiles } from "../runtime/artifact-job-files.ts";
import { readEvent } from "../runtime/event.ts";
import { lawFromClone, specOf } from "../runtime/laws.ts";
import { createMachine } from "../runtime/machine.ts";
import { lazyRecords } from "../runtime/records.ts";
import { withUntrustedOutput } from "../runtime/untrusted-output.ts";
import type { EvaluateInputs } from "./inputs.ts";

/** Scores candidate and baseline on the same rows and seals the evidence. */
export async function evaluate({ plan, model, spec, token, env }: EvaluateInputs): Promise<void> {
  const event = readEvent();
  const machine = await createMachine((files) => createArtifactJobFiles(files, event, token), token, env);
  const head = specOf(await lawFromClone(machine, plan.commit, spec), plan);
  const base = await lawFromClone(machine, plan.base, spec);
  const law = await lawFromClone(machine, lawCommit(plan), spec);
  const planned = plannedModel(plan, model);
  if (!planned.evaluate) return machine.progress(`${model} is unchanged: nothing to evaluate.`);
  const evidence = await withUntrustedOutput(`Evaluate ${model}`, () =>
    evaluatePlanned({ planned, spec: head, base, law, identity: event.identity }, machine, lazyRecords(event, token)),
  ).catch((error: unknown) => {
    if (!(error instanceof HandedOffError)) throw error;
    machine.progress(`${model} is not evaluated yet: ${error.failure}`);
  });
  if (!evidence) return;
  const failure = failureOf(evidence);
  if (failure) throw new RunFailedError(evidence, failure);
}

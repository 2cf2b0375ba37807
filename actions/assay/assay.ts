import { AssayError, UsageError } from "../../src/errors/errors.ts";
import { modelsWithJobs } from "../../src/plan/matrix.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { report } from "../report/report.ts";
import { readEvent } from "../runtime/event.ts";
import { createMachine } from "../runtime/machine.ts";
import { noJobFiles } from "../runtime/no-job-files.ts";
import { planEvent } from "../runtime/plan-event.ts";
import * as step from "../runtime/step.ts";
import { train } from "../train/train.ts";
import type { AssayInputs } from "./inputs.ts";

/**
 * Plan, train, evaluate and report in one job, for a small repository of trusted authors. Training runs in a job that may
 * write here, so a fork's pull request is refused.
 */
export async function assay({ spec, token }: AssayInputs): Promise<void> {
  const event = readEvent();
  if (event.dispatched)
    throw new UsageError(
      "The app asks for a training here, and this action trains in a job that may write. Use the reusable workflow model-ci-app.yml with the app.",
    );
  if (event.pullRequest?.fromFork)
    throw new UsageError(
      "This pull request comes from a fork, and this action trains in a job that may write. Use the reusable workflow model-ci.yml for forks.",
    );
  const planned = await planEvent(event, await createMachine(() => noJobFiles, token), spec);
  step.info(renderPlan(planned));
  for (const { model } of modelsWithJobs(planned).filter(({ evaluate: wanted }) => wanted)) {
    try {
      await train({ plan: planned, model, point: undefined, spec, token, env: {} });
      await evaluate({ plan: planned, model, spec, token, env: {} });
    } catch (error) {
      // One model's failure is in its evidence; the others go on and the report says all of it.
      if (!(error instanceof AssayError)) throw error;
      step.error(error.message);
    }
  }
  await report({ plan: planned, spec, token });
}

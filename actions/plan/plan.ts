import { planMatrix, planSelections } from "../../src/plan/matrix.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { withPullRequest } from "../runtime/dispatched.ts";
import { keepPlan } from "../runtime/keep-plan.ts";
import { createMachine } from "../runtime/machine.ts";
import { noJobFiles } from "../runtime/no-job-files.ts";
import * as step from "../runtime/step.ts";
import { writeSummary } from "../runtime/write-summary.ts";
import type { PlanInputs } from "./inputs.ts";

/** Decides what has to be trained, and hands it to the jobs that follow as outputs. */
export async function plan(inputs: PlanInputs): Promise<void> {
  // Git starts before the rest is evaluated.
  const [machine, { planEvent }, { readEvent }] = await Promise.all([
    createMachine(() => noJobFiles, inputs.token),
    import(/* webpackMode: "eager" */ "../runtime/plan-event.ts"),
    import(/* webpackMode: "eager" */ "../runtime/event.ts"),
  ]);
  const event = await withPullRequest(readEvent(), inputs.token);
  const planned = await planEvent(event, machine, inputs.spec);
  const serialized = serializePlan(planned);
  const text = renderPlan(planned);
  step.info(text);
  step.setOutput("plan", serialized);
  step.setOutput("commit", planned.commit);
  step.setOutput("matrix", JSON.stringify(planMatrix(planned)));
  step.setOutput("selections", JSON.stringify(planSelections(planned)));
  await keepPlan(planned, serialized, event, machine.files);
  await writeSummary(`### What is trained, and why\n\n\`\`\`text\n${text.replaceAll("`", "'")}\n\`\`\`\n`);
}

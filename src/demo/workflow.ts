import * as z from "zod/mini";
import { UserCommandError } from "../errors/errors.ts";
import { type Cancellation, type RunnerEvent, type RunnerOptions, type StepResult, startRun } from "./runner.ts";
import { stepErrors } from "./step-errors.ts";

const matrixOutput = z.array(z.object({ model: z.string(), point: z.optional(z.string()) }));

export interface WorkflowResult {
  runId: number;
  plan: StepResult;
  /** By model; of a grid's points by `model (point)`. */
  train: ReadonlyMap<string, StepResult>;
  evaluate: ReadonlyMap<string, StepResult>;
  report: StepResult;
}

export interface WorkflowOptions {
  /** Somebody cancels the training jobs. */
  cancelTraining?: Cancellation;
  /** The run is run again. */
  rerun?: { runId: number; attempt: number };
  /** Comment and check are the app's: no job may write to a pull request. */
  writer?: "app";
}

/**
 * The jobs of a user's workflow: plan, then a job a model that trains and evaluates it, of a grid one a point and one that chooses
 * and evaluates, then the report, whatever happened before.
 */
export async function runWorkflow(
  options: RunnerOptions,
  event: RunnerEvent,
  { cancelTraining, rerun, writer }: WorkflowOptions = {},
): Promise<WorkflowResult> {
  const run = await startRun(options, event, rerun);
  const planJob = await run.startJob("Plan", { contents: "read", actions: "read", "pull-requests": "read" });
  const plan = await planJob.step("plan", {});
  await planJob.finish();
  if (plan.exitCode !== 0) throw new UserCommandError(`Planning failed: ${stepErrors([plan.log])}`);

  const train = new Map<string, StepResult>();
  const evaluate = new Map<string, StepResult>();
  for (const { model, point } of matrixOutput.parse(JSON.parse(plan.outputs["matrix"] ?? "[]"))) {
    const name = point === undefined ? model : `${model} (${point})`;
    const job = await run.startJob(`Train ${name}`, { contents: "read", actions: "read" });
    const inputs = { plan: plan.outputs["plan"] ?? "", model };
    train.set(name, await job.step("train", { ...inputs, point: point ?? "" }, cancelTraining));
    if (train.get(name)?.exitCode === 0 && point === undefined) evaluate.set(model, await job.step("evaluate", inputs));
    await job.finish();
  }
  for (const { model } of matrixOutput.parse(JSON.parse(plan.outputs["selections"] ?? "[]"))) {
    const job = await run.startJob(`Evaluate ${model}`, { contents: "read", actions: "read" });
    evaluate.set(model, await job.step("evaluate", { plan: plan.outputs["plan"] ?? "", model }));
    await job.finish();
  }

  const reportJob = await run.startJob("Report", {
    contents: event.name === "push" ? "write" : "read",
    actions: "read",
    ...(writer === "app" ? { "pull-requests": "read" } : { checks: "write", "pull-requests": "write" }),
  });
  const report = await reportJob.step("report", { plan: plan.outputs["plan"] ?? "" });
  await reportJob.finish();
  return { runId: run.runId, plan, train, evaluate, report };
}

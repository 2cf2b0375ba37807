import { shownName } from "./explain.ts";
import { type Plan, type PlannedModel, type PlannedRun, runsToTrain } from "./plan.ts";
import { describeWait } from "./wait.ts";

/** The plan for people: a line a model and reason, what happens first. */
export function renderPlan(plan: Plan): string {
  if (plan.models.length === 0) return "assay.yml declares no models.";
  const width = Math.max(...plan.models.map(({ model }) => model.length));
  return plan.models.flatMap((model) => lines(model, width)).join("\n");
}

function lines(planned: PlannedModel, width: number): string[] {
  const { model, candidate, baseline, evaluateBecause } = planned;
  if (planned.withheld !== undefined) return [`${"wait".padEnd(7)}${model.padEnd(width + 2)}${planned.withheld}`];
  if (planned.waitsFor !== undefined)
    return [`${"wait".padEnd(7)}${model.padEnd(width + 2)}${shownName(describeWait(planned.waitsFor))}`];
  const verb = candidate.decision === "skip" && planned.evaluate ? "check" : candidate.decision;
  // An unchanged model that is evaluated again says why that is.
  const reasons =
    verb === "check" ? evaluateBecause : verb === "skip" ? candidate.because : [...candidate.because, ...evaluateBecause];
  const [first = "", ...others] = [...new Set(reasons)].map(shownName);
  const indent = " ".repeat(7 + width + 2);
  return [
    `${verb.padEnd(7)}${model.padEnd(width + 2)}${first}`,
    ...others.map((reason) => `${indent}${reason}`),
    ...(verb === "train" ? pointsLine(candidate).map((line) => indent + line) : []),
    ...(baseline?.decision === "train"
      ? [`${indent}baseline is trained too: ${baseline.because.map(shownName).join("; ")}`]
      : []),
  ];
}

function pointsLine(run: PlannedRun): string[] {
  if (!run.points) return [];
  const trained = runsToTrain(run);
  const reused = run.points.length - trained;
  return [`${run.points.length} experiments, of which the best is evaluated: ${trained} to train, ${reused} trained before`];
}

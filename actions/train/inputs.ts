import { UsageError } from "../../src/errors/errors.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { optionalInput, requiredInput, secretsInput, tokenInput } from "../runtime/inputs.ts";
import { planInput } from "../runtime/plan-input.ts";

export interface TrainInputs {
  readonly plan: Plan;
  /** The model that this job trains. */
  readonly model: string;
  /** The point of the model's grid that it trains, as the matrix has it; undefined: all. */
  readonly point: string | undefined;
  readonly spec: string | undefined;
  readonly token: string | undefined;
  /** Values for the names that `train.env` declares. */
  readonly env: Readonly<Record<string, string>>;
}

export function loadInputs(): TrainInputs {
  const [plan, model] = [planInput(), requiredInput("model")];
  return {
    plan,
    model,
    point: pointInput(plan, model),
    spec: optionalInput("spec"),
    token: tokenInput(),
    env: secretsInput("env"),
  };
}

/** Every job of the matrix would train the whole grid without it. */
function pointInput(plan: Plan, model: string): string | undefined {
  const point = optionalInput("point");
  const candidate = plan.models.find(({ model: name }) => name === model)?.candidate;
  if (point === undefined && candidate?.decision === "train" && candidate.points)
    throw new UsageError(
      `${model} has a grid, and the matrix has a job for each of its points. Give this step \`point: \${{ matrix.point }}\`, and ` +
        "evaluate in a job that comes after, with a matrix of the plan's `selections`.",
    );
  return point;
}

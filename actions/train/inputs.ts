import type { Plan } from "../../src/plan/plan.ts";
import { optionalInput, requiredInput, secretsInput, tokenInput } from "../runtime/inputs.ts";
import { planInput } from "../runtime/plan-input.ts";

export interface TrainInputs {
  readonly plan: Plan;
  /** The model that this job trains. */
  readonly model: string;
  readonly spec: string | undefined;
  readonly token: string | undefined;
  /** Values for the names that `train.env` declares. */
  readonly env: Readonly<Record<string, string>>;
}

export function loadInputs(): TrainInputs {
  return {
    plan: planInput(),
    model: requiredInput("model"),
    spec: optionalInput("spec"),
    token: tokenInput(),
    env: secretsInput("env"),
  };
}

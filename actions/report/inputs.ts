import type { Plan } from "../../src/plan/plan.ts";
import { optionalInput, tokenInput } from "../runtime/inputs.ts";
import { planInput } from "../runtime/plan-input.ts";

export interface ReportInputs {
  readonly plan: Plan;
  readonly spec: string | undefined;
  readonly token: string | undefined;
}

export function loadInputs(): ReportInputs {
  return { plan: planInput(), spec: optionalInput("spec"), token: tokenInput() };
}

import type { Plan } from "../../src/plan/plan.ts";
import { optionalInput, planInput, tokenInput } from "../runtime/inputs.ts";

export interface ReportInputs {
  readonly plan: Plan;
  readonly spec: string | undefined;
  readonly token: string | undefined;
}

export function loadInputs(): ReportInputs {
  return { plan: planInput(), spec: optionalInput("spec"), token: tokenInput() };
}

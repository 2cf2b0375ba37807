import { parsePlan } from "../../src/plan/parse-plan.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { requiredInput } from "./inputs.ts";

/** The `plan` output of the plan action. */
export function planInput(): Plan {
  return parsePlan(requiredInput("plan"), "input `plan`");
}

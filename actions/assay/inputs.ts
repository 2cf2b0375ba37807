export { loadInputs, type PlanInputs as AssayInputs } from "../plan/inputs.ts";

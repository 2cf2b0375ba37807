import { optionalInput, tokenInput } from "../runtime/inputs.ts";

export interface PlanInputs {
  /** Path of the spec; undefined: `assay.yml` or `.github/assay.yml`. */
  readonly spec: string | undefined;
  readonly token: string | undefined;
}

export function loadInputs(): PlanInputs {
  return { spec: optionalInput("spec"), token: tokenInput() };
}

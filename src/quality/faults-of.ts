import type { TableQuality } from "../evidence/quality-evidence.ts";
import type { QualityResult } from "./quality-result.ts";

/** A result as evidence has it: the checks that failed, and how many did not. */
export function faultsOf({ table, rows, columns, checks, leftOut }: QualityResult): TableQuality {
  const failed = checks.filter(({ status }) => status === "fail");
  return {
    ...{ table, rows, columns, leftOut },
    faults: failed.map(({ name, status: _, ...fault }) => ({ check: name, ...fault })),
    passed: checks.filter(({ status }) => status === "pass").length,
  };
}

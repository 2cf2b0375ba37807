import type { Fault } from "../evidence/quality-evidence.ts";

/** Whether a change brings the fault, or makes it worse: more rows, and a larger share of them. */
export function isNew({ severity, rows, before }: Fault): boolean {
  if (before === undefined) return true;
  if (severity === "error" && before.severity === "warn") return true;
  if (rows === undefined || before.rows === undefined) return false;
  return rows.count > before.rows.count && rows.count * before.rows.of > before.rows.count * rows.of;
}

/** What the change brings before what was so already, errors before warnings. */
export function newFirst(faults: readonly Fault[]): Fault[] {
  const rank = (fault: Fault) => (isNew(fault) ? 0 : 2) + (fault.severity === "error" ? 0 : 1);
  return faults.toSorted((a, b) => rank(a) - rank(b));
}

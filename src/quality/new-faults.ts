import type { Fault } from "../evidence/quality-evidence.ts";

/**
 * Whether a change brings the fault, or makes it worse: more rows, and of what is unusual rather than wrong a larger share of them
 * too. An error whose rows nobody could count before is new where they are counted.
 */
export function isNew({ check, severity, rows, before }: Fault): boolean {
  if (before === undefined) return true;
  if (severity === "error" && before.severity === "warn") return true;
  if (rows === undefined) return false;
  if (before.rows === undefined) return severity === "error";
  if (rows.count <= before.rows.count) return false;
  return isWrongByRow(check) || rows.count * before.rows.of > before.rows.count * rows.of;
}

/** Each of its rows is wrong by itself, however many others there are. */
function isWrongByRow(check: string): boolean {
  return check.startsWith("rule.") || check === "type-mismatch" || check === "infinite";
}

/** What the change brings before what was so already, errors before warnings. */
export function newFirst(faults: readonly Fault[]): Fault[] {
  const rank = (fault: Fault) => (isNew(fault) ? 0 : 2) + (fault.severity === "error" ? 0 : 1);
  return faults.toSorted((a, b) => rank(a) - rank(b));
}

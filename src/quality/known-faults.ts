import type { Fault } from "../evidence/quality-evidence.ts";
import { comparesWithReference } from "./reference-checks.ts";

/** Whether a change brings the fault, or makes it worse: more rows, and a larger share of them. */
export function isNew({ severity, rows, before }: Fault): boolean {
  if (before === undefined) return true;
  if (severity === "error" && before.severity === "warn") return true;
  if (rows === undefined || before.rows === undefined) return false;
  return rows.count > before.rows.count && rows.count * before.rows.of > before.rows.count * rows.of;
}

/** Faults beside those that the baseline's table was found to have, as far as they can be the same. */
export function besideKnown(faults: readonly Fault[], known: readonly Fault[]): Fault[] {
  const byName = new Map(known.map((fault) => [nameOf(fault), fault]));
  return faults.map((fault) => {
    const found = comparesWithReference.has(fault.check) ? undefined : byName.get(nameOf(fault));
    return found === undefined ? fault : { ...fault, before: { severity: found.severity, rows: found.rows } };
  });
}

/** What is still wrong with a table that nobody touched. */
export function unchangedFaults(known: readonly Fault[]): Fault[] {
  return besideKnown(
    known.filter(({ check }) => !comparesWithReference.has(check)),
    known,
  );
}

/** What the change brings before what was so already, errors before warnings. */
export function newFirst(faults: readonly Fault[]): Fault[] {
  const rank = (fault: Fault) => (isNew(fault) ? 0 : 2) + (fault.severity === "error" ? 0 : 1);
  return faults.toSorted((a, b) => rank(a) - rank(b));
}

function nameOf({ check, columns }: Fault): string {
  return JSON.stringify([check, ...columns]);
}

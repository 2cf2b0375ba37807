import type { Fault, TableQuality } from "../evidence/quality-evidence.ts";
import { comparesWithReference } from "./reference-checks.ts";

/** Faults that a table was found to have, as far as they were recorded. */
export type Known = Pick<TableQuality, "faults" | "leftOut">;

/** Faults beside those that the baseline's table was found to have, as far as they can be the same. */
export function besideKnown(faults: readonly Fault[], known: Known): Fault[] {
  const byName = new Map(known.faults.map((fault) => [nameOf(fault), fault]));
  // Of very many only the worst were recorded, and which these are changes with any row.
  const leftOut = new Set(known.leftOut > 0 ? known.faults.map(({ check }) => check) : []);
  return faults.map((fault) => {
    if (comparesWithReference.has(fault.check)) return fault;
    const found = byName.get(nameOf(fault));
    if (found !== undefined) return { ...fault, before: { severity: found.severity, rows: found.rows } };
    return fault.severity === "warn" && leftOut.has(fault.check) ? { ...fault, before: { severity: "warn" as const } } : fault;
  });
}

/** What is still wrong with a table that nobody touched. */
export function unchangedFaults(known: Known): Fault[] {
  return besideKnown(
    known.faults.filter(({ check }) => !comparesWithReference.has(check)),
    known,
  );
}

function nameOf({ check, columns, examplesOf }: Fault): string {
  return JSON.stringify([check, examplesOf, ...columns]);
}

import type { Fault } from "../evidence/quality-evidence.ts";
import { comparesWithReference } from "./reference-checks.ts";

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

function nameOf({ check, columns, examplesOf }: Fault): string {
  return JSON.stringify([check, examplesOf, ...columns]);
}

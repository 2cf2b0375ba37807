import type { Diagnostic } from "../errors/errors.ts";

/** The first mistakes of a file, and at the place of the next that there are more. */
export function firstMistakes(found: readonly Diagnostic[], count: number): Diagnostic[] {
  const next = found[count];
  if (next === undefined) return [...found];
  return [...found.slice(0, count), { position: next.position, path: "", message: "And more:", fix: "mend these first." }];
}

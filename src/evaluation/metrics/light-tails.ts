import { tailIndex } from "../../statistics/tail-index.ts";
import type { IntervalOf } from "../guards.ts";
import { asNumbered, type Rows } from "../rows.ts";
import { absoluteErrors } from "./numbers.ts";

/**
 * Where single errors are far larger than the rest, squares have no variance to speak of, and no interval of their mean covers
 * what it says: of errors with 3 degrees of freedom 71% to 81%, not 95%. A paired change is safe, since both models share them.
 */
export function needLightTails(rows: Rows, of: IntervalOf): string | undefined {
  if (of === "change") return undefined;
  const index = tailIndex(absoluteErrors(asNumbered(rows)));
  return index < 4 ? `needs errors with lighter tails: their tail index is ${index.toFixed(1)}, and squares need 4` : undefined;
}

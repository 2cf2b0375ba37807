import type { Gate } from "./spec.ts";

/** The gate's stable name, unique in its model: `accuracy.no-worse-than`, `recall[country].no-worse-than`, `recall[country=BR].at-least`. */
export function nameOfGate({ metric, kind, slice }: Pick<Gate, "metric" | "kind" | "slice">): string {
  if (slice === undefined) return `${metric}.${kind}`;
  const value = slice.value === undefined ? "" : `=${slice.value}`;
  return `${metric}[${slice.column}${value}].${kind}`;
}

/** Whether it is about a metric of the test rows, as against what the run reported, used and was trained on. */
export function isOnTestRows({ reported, resource, data }: Pick<Gate, "reported" | "resource" | "data">): boolean {
  return reported === undefined && resource === undefined && data === undefined;
}

/** Of a gate on all slices of a column one may be waived: `recall[country=BR].no-worse-than`. */
export function isSliceOf(name: string, { metric, kind, slice }: Pick<Gate, "metric" | "kind" | "slice">): boolean {
  if (slice === undefined || slice.value !== undefined) return false;
  return name.startsWith(`${metric}[${slice.column}=`) && name.endsWith(`].${kind}`);
}

import type { Gate, Resource } from "../spec/spec.ts";
import { formatLimit, plural } from "./format.ts";

/** Of what a run used. */
const resourceUnits: Readonly<Record<Resource, string>> = { "gpu-hours": "GPU-hours", "gpu-memory": "GiB" };

/** What a gate asks, for a reader who never met an interval. */
export function describeNeed(gate: Gate): string {
  switch (gate.kind) {
    case "no-worse-than":
      return gate.margin === 0 ? "no worse" : `at most ${margin(gate)} worse`;
    case "better-than":
      return gate.margin === 0 ? "better" : `more than ${margin(gate)} better`;
    case "at-least":
      return `at least ${formatLimit(gate.limit)}`;
    case "at-most":
      if (gate.data) return gate.limit === 0 ? "none" : `at most ${plural(gate.limit, "column")}`;
      return `at most ${formatLimit(gate.limit)}${gate.resource ? ` ${resourceUnits[gate.resource]}` : ""}`;
  }
}

/** `0.03`, or `5%` of the baseline's value. */
function margin({ margin: value, relative }: Extract<Gate, { margin: number }>): string {
  return relative ? `${formatLimit(Number((value * 100).toPrecision(12)))}%` : formatLimit(value);
}

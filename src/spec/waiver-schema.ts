import * as z from "zod/mini";
import { list, map, must, required, string } from "./shapes.ts";
import { maxWaivers, owner, reason, text } from "./values.ts";

const notADay = must("a day", "Write it as year, month and day: 2026-12-31.");

const day = () => string(notADay, z.regex(/^\d{4}-\d{2}-\d{2}$/, { ...notADay, abort: true }), z.refine(isDay, notADay));

/** There is no 31st of April. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const waiver = () =>
  map(
    {
      gate: required(text("the name of a gate", "accuracy.no-worse-than", 1_000), {
        description:
          "The gate's name: accuracy.no-worse-than, recall[country].no-worse-than, or for one slice recall[country=BR].no-worse-than.",
      }),
      by: required(owner, { description: "Who answers for it." }),
      reason: required(reason("Say in a sentence or two why the gate does not count for now."), {
        description: "Why the gate does not count for now.",
      }),
      until: required(day(), { description: "The last day that it counts, in UTC." }),
    },
    must("a waiver", 'Write {gate: accuracy.no-worse-than, by: "@acme/risk", reason: why, until: 2026-12-31}.'),
  );

export const waiversSchema = () => list(waiver(), "waivers", { max: maxWaivers });

import { z } from "zod";
import { allMetrics } from "./metrics.ts";
import { exactlyOne } from "./rule.ts";
import { must, numberFrom } from "./values.ts";

export const gateKinds = ["no-worse-than", "better-than", "at-least", "at-most"] as const;

const limit = z.number(must("a number", "Write for example 0.8."));
const margin = numberFrom(0);

export const gateSchema = z
  .strictObject(
    {
      metric: z
        .enum(allMetrics, must("a metric", `Write one of ${allMetrics.join(", ")}.`))
        .meta({ description: "The metric that is judged." }),
      "no-worse-than": margin
        .optional()
        .meta({ description: "The change may be worse than the baseline by less than this, in the metric's own units." }),
      "better-than": margin.optional().meta({ description: "The change has to be better than the baseline by more than this." }),
      "at-least": limit.optional().meta({ description: "Lowest value of the candidate." }),
      "at-most": limit.optional().meta({ description: "Highest value of the candidate." }),
    },
    must("a gate", "Write {metric: accuracy, no-worse-than: 0.01}."),
  )
  .check(exactlyOne(gateKinds, "Write for example {metric: accuracy, no-worse-than: 0.01}; each rule is a gate of its own."))
  .meta({ oneOf: gateKinds.map((kind) => ({ required: [kind] })) });

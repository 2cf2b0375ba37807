import * as z from "zod/mini";
import { must, number, record } from "./shapes.ts";
import { text } from "./values.ts";

const example = "Write accuracy, or {recall_at_fpr: 0.01} for one that takes a number.";

/** A metric's name, of some with an argument. Which there are depends on the task, so the rules tell. */
export const metricSchema = z.union(
  [text("a metric", "accuracy", 100), record(z.string(), number(must("a number", "Write for example 0.01.")))],
  must("a metric", example),
);

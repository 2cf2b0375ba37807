import * as z from "zod/mini";
import { metricSchema } from "./metric-schema.ts";
import { isMap } from "./rule.ts";
import { map, must, number, optional, rare, record, required, string } from "./shapes.ts";
import type { DataGate, Resource } from "./spec.ts";
import { columnName, memory, numberFrom, text } from "./values.ts";

export const gateKinds = ["no-worse-than", "better-than", "at-least", "at-most"] as const;

/** What a run uses; such a gate has its rule inside: `{gpu-hours: {at-most: 4}}`. */
export const resources = ["gpu-hours", "gpu-memory"] as const satisfies readonly Resource[];
/** What is looked for in training data; such a gate has its rule elsewhere. */
const dataChecks = ["drift", "quality"] as const satisfies readonly DataGate["check"][];
/** Gates without a metric, by the key that says what they are about. */
export const subjects = [...resources, ...dataChecks] as const;

const slice = () => {
  const wrong = must("a value of the column", 'Write it as it stands in the data; "" is where it is missing.');
  const value = z.union([string(wrong, z.maxLength(200, wrong)), z.int(wrong)], wrong);
  return z.union(
    [columnName, record(columnName, value, undefined, { minProperties: 1, maxProperties: 1 })],
    must("a column or one value of it", "Write country, or {country: BR}."),
  );
};

/** Of the baseline's value. */
const notAShare = must("a share of 0% or more", "Write for example 5%.");
export const shareText = /^\d{1,6}(\.\d{1,9})?\s?%$/;
const share = string(notAShare, z.regex(shareText, notAShare));
const limit = number(must("a number", "Write for example 0.8."));
const margin = z.union([numberFrom(0), share], must("a number of 0 or more", "Write one that is, or a share such as 5%."));

const gpuHours = () =>
  map(
    { "at-most": required(numberFrom(0), { description: "GPU-hours of all trainings of the candidate together." }) },
    must("a limit on GPU-hours", "Write {at-most: 4}."),
  );

const gpuMemory = () =>
  map(
    { "at-most": required(memory, { description: "The most memory in use on one GPU, in MiB or GiB." }) },
    must("a limit on GPU memory", "Write {at-most: 20GiB}."),
  );

export const gateSchema = map(
  {
    metric: optional(metricSchema, {
      description:
        "The metric that is judged. The argument may be left out where evaluate.metrics has one of that name. This or reported.",
    }),
    reported: optional(text("the name of a reported number", "latency_ms", 200), {
      description: "A number that the trainer reports itself, by its name in the file of train.outputs.metrics.",
    }),
    better: optional(z.enum(["lower", "higher"], must("lower or higher", "Write one of these.")), {
      description: "Which values of the reported number are better.",
      default: "lower",
    }),
    noise: optional(numberFrom(0), {
      description:
        "How far two measurements of the same model may be apart, 19 times in 20. no-worse-than and better-than need it; without it at-least and at-most take the number as exact.",
    }),
    "gpu-hours": optional(rare(gpuHours), {
      description: "What training the candidate may take, as its GPUs' driver told; in place of a metric and its rule.",
    }),
    "gpu-memory": optional(rare(gpuMemory), {
      description: "Peak memory that training the candidate may take on one GPU; in place of a metric and its rule.",
    }),
    drift: optional(z.literal(true, must("true", "Write drift: true, or leave the gate out.")), {
      description: "At most drift.max-drifted columns of the training data have drifted; in place of a metric and its rule.",
    }),
    quality: optional(z.enum(["error", "warn"], must("error or warn", "Write one of these.")), {
      description:
        "Nothing is newly wrong with the training data, nor with a test set that data.rules name: no error, or with warn no warning either. In place of a metric and its rule.",
    }),
    slice: optional(rare(slice), {
      description:
        "Judge a column's slices in place of all rows: every one that is large enough, or with {country: BR} this one. The column is one of evaluate.slices.",
    }),
    worst: optional(z.boolean(must("true or false", "Write worst: true, or leave it out.")), {
      description: "Show only the worst slice; it decides for all of them.",
      default: false,
    }),
    "no-worse-than": optional(margin, {
      description:
        "The change may be worse than the baseline by less than this, in the metric's own units or, as 5%, of the baseline's value.",
    }),
    "better-than": optional(margin, {
      description: "The change has to be better than the baseline by more than this, in the metric's own units or as 5%.",
    }),
    "at-least": optional(limit, { description: "Lowest value of the candidate." }),
    "at-most": optional(limit, { description: "Highest value of the candidate." }),
  },
  must("a gate", "Write {metric: accuracy, no-worse-than: 0.01}."),
  {
    allOf: [
      { oneOf: [...gateKinds, ...subjects].map((key) => ({ required: [key] })) },
      { oneOf: ["metric", "reported", ...subjects].map((key) => ({ required: [key] })) },
    ],
    dependencies: { better: ["reported"], noise: ["reported"], slice: ["metric"], worst: ["slice"] },
  },
);

export function isShare(text: string): boolean {
  return shareText.test(text);
}

/** `5%` → 0.05. Shifted as a text, so that it is the number that people mean: 0.7 / 100 is 0.006999999999999999. */
export function shareOf(text: string): number {
  return Number(`${Number.parseFloat(text)}e-2`);
}

/** `country` or `{country: BR}`; undefined for anything else. */
export function sliceOf(written: unknown): { column: string; value: string | undefined } | undefined {
  if (typeof written === "string") return { column: written, value: undefined };
  const [only, ...more] = isMap(written) ? Object.entries(written) : [];
  if (only === undefined || more.length > 0) return undefined;
  const [column, value] = only;
  return typeof value === "string" || typeof value === "number" ? { column, value: String(value) } : undefined;
}

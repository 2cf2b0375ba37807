import { z } from "zod";
import { factsOfMetric, metricNames } from "../evaluation/metric-names.ts";
import { evaluateSchema } from "./evaluate-schema.ts";
import { gateKinds, gateSchema } from "./gate-schema.ts";
import { needsPositive, tasks } from "./metrics.ts";
import { rule } from "./rule.ts";
import { trainSchema } from "./train-schema.ts";
import { label, list, modelName, must, owner } from "./values.ts";

/**
 * `assay.yml` as people write it: the shape, the words that explain it in editors and in the reference, and the rules between
 * its keys. It accepts only what has an effect. Defaults are filled in by `resolve`; here they are named for readers.
 */
const task = z
  .enum(tasks, must("a task", `Write one of ${tasks.join(", ")}.`))
  .meta({ description: "What the model predicts: one of two labels, one of several, or a number." });

const modelSchema = z
  .strictObject(
    {
      task,
      owners: list(owner, "owners", { min: 1, max: 50 })
        .optional()
        .meta({ description: 'People and teams who decide about the model: ["@acme/risk"].', default: [] }),
      train: trainSchema,
      evaluate: evaluateSchema,
      data: z
        .strictObject(
          {
            unpinned: z.enum(["fail", "train"], must("fail or train", "Write one of these.")).optional().meta({
              description: "What to do with training data that has no content id: refuse, or train every time.",
              default: "fail",
            }),
          },
          must("a map", "Write {unpinned: fail}."),
        )
        .optional()
        .meta({ description: "How training data is treated.", default: {} }),
      gates: list(gateSchema, "gates", { max: 500 })
        .optional()
        .meta({ description: "Rules that a change has to keep.", default: [] }),
    },
    must("a map that describes a model", "Write task, train and evaluate below it."),
  )
  .check(
    rule(
      z.object({
        task: z.enum(tasks),
        evaluate: z.object({ metrics: z.array(z.unknown()).default([]) }).catch({ metrics: [] }),
        gates: z.array(z.looseObject({}).catch({})).catch([]),
      }),
      ({ task, evaluate: { metrics }, gates }, report) => {
        const used = [
          ...metrics.map((metric, index) => ({ metric, path: ["evaluate", "metrics", index] })),
          ...gates.map((gate, index) => ({ metric: gate.metric, path: ["gates", index, "metric"] })),
        ];
        for (const { metric, path } of used) {
          const facts = typeof metric === "string" ? factsOfMetric(metric) : undefined;
          if (facts === undefined || facts.tasks.includes(task)) continue;
          report(
            path,
            `${metric} is a metric of ${facts.tasks.join(" and ")} tasks, and this task is ${task}.`,
            `Write one of ${metricNames(task).join(", ")}.`,
          );
        }
      },
    ),
    rule(
      z.object({
        task: z.literal("binary"),
        evaluate: z.object({ positive: z.undefined().optional(), metrics: z.array(z.unknown()).catch([]) }),
        gates: z.array(z.looseObject({}).catch({})).catch([]),
      }),
      ({ evaluate: { metrics }, gates }, report) => {
        const needing = [...metrics, ...gates.map(({ metric }) => metric)].find(
          (metric) => typeof metric === "string" && needsPositive(metric, "binary"),
        );
        if (needing === undefined) return;
        report(
          ["evaluate", "positive"],
          `positive is missing, and ${needing} needs it.`,
          'Add the label that counts as positive, such as positive: "1".',
        );
      },
    ),
    rule(
      z.object({ task: z.enum(["multiclass", "regression"]), evaluate: z.object({ positive: z.unknown().optional() }) }),
      ({ task, evaluate }, report) => {
        if (evaluate.positive !== undefined)
          report(["evaluate", "positive"], `A ${task} task has no positive label.`, "Remove positive.");
      },
    ),
    rule(
      z.object({ task: z.enum(tasks), evaluate: z.object({ classes: z.array(label), positive: label.optional() }) }),
      ({ task, evaluate: { classes, positive } }, report) => {
        const names = classes.map(String);
        const at = ["evaluate", "classes"];
        if (task === "regression") report(at, "A regression task has no classes.", "Remove classes.");
        else if (new Set(names).size < names.length) report(at, "A label is named twice.", "Name each label once.");
        else if (task === "binary" && names.length !== 2)
          report(at, `A binary task has 2 classes, not ${names.length}.`, "Name both labels, or write task: multiclass.");
        else if (positive !== undefined && !names.includes(String(positive))) {
          report(
            ["evaluate", "positive"],
            `${JSON.stringify(positive)} is not among the classes ${names.join(", ")}.`,
            "Write one of them.",
          );
        }
      },
    ),
    rule(
      z.object({ train: z.object({ run: z.string() }), evaluate: z.object({ predict: z.undefined().optional() }) }),
      (_, report) =>
        report(
          ["evaluate", "predict"],
          "predict is missing: a model trained by a command says how it is scored.",
          "Add predict: {onnx: model.onnx}, or {run: a command}.",
        ),
    ),
    rule(
      z.object({
        train: z.object({ run: z.string(), outputs: z.object({ model: z.undefined().optional() }).optional() }),
        evaluate: z.object({ predict: z.object({ run: z.string() }) }),
      }),
      (_, report) =>
        report(
          ["train", "outputs", "model"],
          "outputs.model is missing: where the command leaves the model.",
          "Add outputs: {model: the file or folder}.",
        ),
    ),
    rule(z.object({ gates: z.array(gateSchema.nullable().catch(null)) }), ({ gates }, report) => {
      const seen = new Set<string>();
      for (const [index, gate] of gates.entries()) {
        const kind = gateKinds.find((name) => gate?.[name] !== undefined);
        const what = `${gate?.metric} ${kind}`;
        if (gate && seen.has(what)) report(["gates", index], `There is already a gate ${what}.`, "Keep one of them.");
        seen.add(what);
      }
    }),
  )
  .meta({ description: "A model: how it is trained, evaluated and judged." });

export const specSchema = z
  .strictObject(
    {
      version: z
        .literal(1, must("the version of this format", "Write version: 1."))
        .meta({ description: "Version of this format." }),
      baseline: z
        .literal("base", must("a baseline", "Write base, or leave the key out."))
        .optional()
        .meta({ description: "What a change is compared with: base, the commit that it merges into.", default: "base" }),
      writer: z
        .literal("action", must("a writer", "Write action, or leave the key out."))
        .optional()
        .meta({ description: "Who writes the comment and the check.", default: "action" }),
      "on-inconclusive": z
        .enum(["block", "allow"], must("block or allow", "Write one of these."))
        .optional()
        .meta({ description: "Whether a change that could be neither shown good nor bad may be merged.", default: "block" }),
      models: z
        .record(modelName, modelSchema, must("a map of models by name", "Write models: and a name below it."))
        .refine((models) => Object.keys(models).length > 0, must("a map of at least one model", "Add a model."))
        .refine(
          (models) => Object.keys(models).length <= 100,
          must("a map of at most 100 models", "Split the repository's models."),
        )
        .meta({ description: "The models of the repository, by name.", minProperties: 1, maxProperties: 100 }),
    },
    must("a map with version and models", "Write version: 1 and models: below it."),
  )
  .meta({ title: "assay.yml", description: "Models of a repository: how they are trained, evaluated and judged." });

export type Authored = z.output<typeof specSchema>;
export type AuthoredModel = z.output<typeof modelSchema>;

import { z } from "zod";
import { factsOfMetric, metricNames } from "../evaluation/metric-names.ts";
import { gateKinds, gateSchema } from "./gate-schema.ts";
import { allMetrics, needsPositive, tasks } from "./metrics.ts";
import { recipeSchema } from "./recipe-schema.ts";
import { exactlyOne, rule } from "./rule.ts";
import {
  columnName,
  command,
  duration,
  envName,
  glob,
  label,
  list,
  modelName,
  must,
  owner,
  path,
  text,
  wholeNumber,
} from "./values.ts";

/**
 * `assay.yml` as people write it: the shape, the words that explain it in editors and in the reference, and the rules between
 * its keys. It accepts only what has an effect. Defaults are filled in by `resolve`; here they are named for readers.
 */
const runnerLabel = text("a runner's label", "ubuntu-latest", 200);

const paramsFile = z.union(
  [
    path,
    z
      .record(path, list(text("a dotted path into the file", "train.learning_rate", 500), "keys", { min: 1, max: 1_000 }))
      .meta({ minProperties: 1, maxProperties: 1 })
      .refine((value) => Object.keys(value).length === 1),
  ],
  must("a parameter file", "Write params.yaml, or params.yaml: [train.lr] if only these keys count."),
);

const inputs = z
  .strictObject(
    {
      code: list(glob, "paths or globs", { min: 1, max: 200 }).optional().meta({
        description:
          "Files whose change means a new training. Default: every tracked file of the working directory that is not Markdown, assay.yml, test data or named below.",
      }),
      data: list(glob, "paths or globs", { max: 200 })
        .optional()
        .meta({ description: "Training data in git, LFS or DVC; its content id is read without a download.", default: [] }),
      params: list(paramsFile, "parameter files")
        .optional()
        .meta({ description: "YAML or JSON files of parameters; with a list of keys only these count.", default: [] }),
      environment: list(glob, "paths or globs")
        .optional()
        .meta({ description: "Files that pin the environment, such as requirements.txt.", default: [] }),
    },
    must("a map of inputs", "Write {data: [data/train.csv]}."),
  )
  .meta({ description: "What determines a training; a change in it means a new one.", default: {} });

const outputs = z
  .strictObject(
    {
      model: path.optional().meta({
        description:
          "The trained model, a file or a folder; looked for in ASSAY_OUTPUT_DIR, then in the working directory. Default: the file of evaluate.predict.onnx.",
      }),
      metrics: path
        .optional()
        .meta({ description: "JSON file of numbers that the trainer reports itself; shown as self-reported." }),
    },
    must("a map of outputs", "Write {model: model.onnx}."),
  )
  .meta({ description: "What the training command writes." });

const oneSeed = must("a list of one seed", "Write for example seeds: [1].");

const train = z
  .strictObject(
    {
      run: command.optional().meta({ description: "Command that trains the model, run by bash in the working directory." }),
      trainer: z
        .literal("tfjs", must("tfjs", "Write trainer: tfjs, or run: with a command of your own."))
        .optional()
        .meta({ description: "Train with TensorFlow.js inside Assay, by a recipe or a module." }),
      recipe: recipeSchema.optional(),
      module: path
        .optional()
        .meta({ description: "JavaScript module that exports train; for trainer: tfjs in place of a recipe." }),
      backend: z
        .enum(["auto", "tensorflow", "wasm", "cpu"], must("auto, tensorflow, wasm or cpu", "Write one of these."))
        .optional()
        .meta({ description: "TensorFlow.js backend; auto takes the fastest that loads.", default: "auto" }),
      setup: list(command, "commands", { max: 50 })
        .optional()
        .meta({ description: "Commands run in the working directory before a training.", default: [] }),
      "working-directory": path
        .optional()
        .meta({ description: "The model's folder; all its paths and commands start there.", default: "." }),
      inputs: inputs.optional(),
      outputs: outputs.optional(),
      runner: z
        .union(
          [runnerLabel, list(runnerLabel, "runner labels", { min: 1, max: 20 })],
          must("a runner's label or a list of them", "Write [self-hosted, gpu]."),
        )
        .optional()
        .meta({ description: "Labels of the runner that trains.", default: ["ubuntu-latest"] }),
      timeout: duration.optional().meta({ description: "Longest time for a training, at most 5 days.", default: "6h" }),
      seeds: z
        .array(wholeNumber(0, 2_147_483_647), oneSeed)
        .length(1, oneSeed)
        .optional()
        .meta({ description: "Seed of the training, given as ASSAY_SEED; one so far.", default: [1] }),
      env: list(envName, "names of environment variables")
        .optional()
        .meta({ description: "Names of environment variables passed on to setup, training and predict commands.", default: [] }),
    },
    must("a map that says how the model is trained", "Write {run: python train.py}."),
  )
  .check(
    exactlyOne(["run", "trainer"], "Write run: with your own command, or trainer: tfjs with a recipe."),
    rule(
      z.object({
        run: z.undefined().optional(),
        trainer: z.literal("tfjs"),
        recipe: z.unknown().optional(),
        module: z.unknown().optional(),
      }),
      ({ recipe, module }, report) => {
        if (recipe === undefined && module === undefined)
          report(["recipe"], "recipe or module is missing.", "Add a recipe with data, target and features.");
        if (recipe !== undefined && module !== undefined)
          report(["module"], "Both recipe and module are there.", "Keep one of them.");
      },
    ),
    rule(z.object({ trainer: z.undefined().optional(), run: z.string() }).loose(), (value, report) => {
      for (const key of ["recipe", "module", "backend"]) {
        if (value[key] !== undefined)
          report([key], "This key has an effect only with trainer: tfjs.", `Remove ${key}, or replace run by trainer: tfjs.`);
      }
    }),
    rule(z.object({ trainer: z.literal("tfjs"), outputs: z.object({}) }), (_, report) =>
      report(["outputs"], "The tfjs trainer knows what it writes.", "Remove outputs."),
    ),
    rule(z.object({ seeds: z.tuple([z.int()]), recipe: z.object({ seed: z.int() }) }), ({ seeds: [seed], recipe }, report) => {
      if (recipe.seed !== seed)
        report(["recipe", "seed"], `The seed is ${recipe.seed} here and ${seed} in train.seeds.`, "Keep one of them.");
    }),
  )
  .meta({
    description: "How the model is trained.",
    oneOf: [
      { required: ["run"], not: { required: ["trainer"] } },
      { required: ["trainer", "recipe"] },
      { required: ["trainer", "module"] },
    ],
    dependencies: { recipe: ["trainer"], module: ["trainer"], backend: ["trainer"], outputs: ["run"] },
  });

const predict = z
  .strictObject(
    {
      onnx: path.optional().meta({ description: "ONNX file among the model's files; Assay scores it." }),
      features: list(columnName, "column names", { min: 1, max: 10_000 })
        .optional()
        .meta({ description: "Columns that the ONNX model reads, in order. Default: every column but id and target." }),
      run: command
        .regex(
          /^(?=[\s\S]*\{model\})(?=[\s\S]*\{data\})(?=[\s\S]*\{out\})/,
          must(
            "a command with {model}, {data} and {out} in it",
            "Write python predict.py --model {model} --data {data} --out {out}.",
          ),
        )
        .optional()
        .meta({ description: "Command that reads the model at {model} and the rows at {data} and writes predictions to {out}." }),
    },
    must("a map that says how rows are scored", "Write {onnx: model.onnx}."),
  )
  .check(
    exactlyOne(["onnx", "run"], "Write {onnx: model.onnx} or {run: a command}."),
    rule(z.object({ run: z.string(), features: z.array(z.unknown()) }), (_, report) =>
      report(["features"], "A predict command chooses its own columns.", "Remove features."),
    ),
  )
  .meta({
    description: "How rows are scored. Default with trainer: tfjs: by that model; otherwise it has to be said.",
    oneOf: [{ required: ["onnx"] }, { required: ["run"], not: { required: ["features"] } }],
  });

const evaluate = z
  .strictObject(
    {
      data: path.meta({ description: "The test table (CSV, Parquet or JSON); a .dvc file stands for the file it names." }),
      id: columnName
        .optional()
        .meta({ description: "Column that names a row. Default: the row's number and the test set's digest." }),
      target: columnName.meta({ description: "Column with the truth." }),
      positive: label.optional().meta({ description: "Binary tasks: the label that counts as positive." }),
      classes: list(label, "labels", { min: 2, max: 1_000 })
        .optional()
        .meta({
          description:
            "Labels in the order of the model's outputs, such as scikit-learn's model.classes_. Default: as the model says; an ONNX file often does not.",
        }),
      predict: predict.optional(),
      metrics: list(z.enum(allMetrics, must("a metric", `Write one of ${allMetrics.join(", ")}.`)), "metrics", { min: 1 })
        .optional()
        .meta({
          description: "Metrics computed from the predictions. Default: those of the gates and the usual ones of the task.",
        }),
    },
    must("a map that says how the model is evaluated", "Write {data: data/test.csv, target: label}."),
  )
  .meta({ description: "How the model is evaluated." });

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
      train,
      evaluate,
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

import { z } from "zod";
import { recipeSchema } from "./recipe-schema.ts";
import { exactlyOne, rule } from "./rule.ts";
import { command, duration, envName, glob, list, must, path, text, wholeNumber } from "./values.ts";

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

export const trainSchema = z
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

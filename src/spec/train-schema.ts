import * as z from "zod/mini";
import { gridSchema, selectSchema } from "./grid-schema.ts";
import { recipeSchema } from "./recipe-schema.ts";
import { maxSeeds } from "./seeds.ts";
import { list, map, must, optional, rare, record, required, wholeNumber } from "./shapes.ts";
import { command, duration, envName, glob, memory, numberFrom, path, sharedFolder, text } from "./values.ts";

const notAMoment = must("push or a label", "Write push, or {label: train}.");
const label = text("the name of a label", "train", 50);

const runnerLabel = text("a runner's label", "ubuntu-latest", 200);

const paramsFile = () =>
  z.union(
    [
      path,
      record(
        path,
        list(text("a dotted path into the file", "train.learning_rate", 500), "keys", { min: 1, max: 1_000 }),
        undefined,
        { minProperties: 1, maxProperties: 1 },
      ),
    ],
    must("a parameter file", "Write params.yaml, or params.yaml: [train.lr] if only these keys count."),
  );

const inputs = map(
  {
    code: optional(list(glob, "paths or globs", { min: 1, max: 200 }), {
      description:
        "Files whose change means a new training. Default: every tracked file of the working directory that is not assay.yml, test data, named below, or what no training reads: Markdown, .github/, .gitignore, LICENSE and .dvc/config.",
    }),
    data: optional(list(glob, "paths or globs", { max: 200 }), {
      description: "Training data in git, LFS or DVC; its content id is read without a download.",
      default: [],
    }),
    params: optional(list(rare(paramsFile), "parameter files"), {
      description: "YAML or JSON files of parameters; with a list of keys only these count.",
      default: [],
    }),
    environment: optional(list(glob, "paths or globs"), {
      description: "Files that pin the environment, such as requirements.txt.",
      default: [],
    }),
  },
  must("a map of inputs", "Write {data: [data/train.csv]}."),
);

const outputs = map(
  {
    model: optional(path, {
      description:
        "The trained model, a file or a folder; looked for in ASSAY_OUTPUT_DIR, then in the working directory. Default: the file of evaluate.predict.onnx.",
    }),
    metrics: optional(path, {
      description:
        "JSON file of numbers that the trainer reports itself; shown as self-reported, and judged only where a gate says reported.",
    }),
  },
  must("a map of outputs", "Write {model: model.onnx}."),
);

const engine = () =>
  map(
    {
      ray: required(
        map(
          {
            storage: required(sharedFolder, {
              description:
                "Folder that the runner and every machine of the cluster see under this path, and may write: outputs and checkpoints travel through it. No reason to train again.",
            }),
            cpus: optional(numberFrom(0, 1_024), {
              description: "CPUs that the cluster keeps free for the command. No reason to train again.",
            }),
            "hand-off": optional(z.boolean(must("true or false", "Write hand-off: true, or leave it out.")), {
              description:
                "The job ends when the cluster has the training, and a later run of the workflow collects it: the runner is not held.",
              default: false,
            }),
          },
          must("a map that says how a Ray cluster is used", "Write {storage: /mnt/shared/assay}."),
        ),
        {
          description:
            "A Ray cluster, by its Jobs API at RAY_API_SERVER_ADDRESS. The command runs there and gets the files that git tracks in the working directory.",
        },
      ),
    },
    must("a map that names an engine", "Write {ray: {storage: /mnt/shared/assay}}, or leave it out to train on the runner."),
  );

export const trainSchema = map(
  {
    run: optional(command, { description: "Command that trains the model, run by bash in the working directory." }),
    trainer: optional(z.literal("tfjs", must("tfjs", "Write trainer: tfjs, or run: with a command of your own.")), {
      description: "Train with TensorFlow.js inside Assay, by a recipe or a module.",
    }),
    recipe: optional(rare(recipeSchema), { description: "A table trained by Assay itself." }),
    module: optional(path, { description: "JavaScript module that exports train; for trainer: tfjs in place of a recipe." }),
    backend: optional(
      z.enum(["auto", "tensorflow", "wasm", "cpu"], must("auto, tensorflow, wasm or cpu", "Write one of these.")),
      { description: "TensorFlow.js backend; auto takes the fastest that loads.", default: "auto" },
    ),
    setup: optional(list(command, "commands", { max: 50 }), {
      description: "Commands run in the working directory, once before a run's trainings and again before its predict command.",
      default: [],
    }),
    "working-directory": optional(path, {
      description: "The model's folder; all its paths and commands start there.",
      default: ".",
    }),
    inputs: optional(inputs, {
      description: "What determines a training; a change in it means a new one.",
      default: {},
    }),
    outputs: optional(outputs, { description: "What the training command writes." }),
    runner: optional(
      z.union(
        [runnerLabel, list(runnerLabel, "runner labels", { min: 1, max: 20 })],
        must("a runner's label or a list of them", "Write [self-hosted, gpu]."),
      ),
      { description: "Labels of the runner that trains.", default: ["ubuntu-latest"] },
    ),
    engine: optional(rare(engine), {
      description: "Where the command runs. Default: on the runner of the job. Another engine is a reason to train again.",
    }),
    gpus: optional(wholeNumber(1, 64), {
      description:
        "GPUs that a training needs, or MIG devices where they are cut up; looked for on the runner before anything is set up, or asked of the engine. No reason to train again.",
    }),
    "gpu-memory": optional(memory, {
      description:
        "Memory that has to be free on each GPU. Without it a GPU has to be free of other programs. No reason to train again.",
    }),
    timeout: optional(duration, { description: "Longest time for a training, at most 5 days.", default: "6h" }),
    when: optional(
      z.union(
        [z.literal("push", notAMoment), map({ label: required(label, { description: "Name of the label." }) }, notAMoment)],
        notAMoment,
      ),
      {
        description:
          "When a pull request's change is trained: on every push but a draft's, or once it has a label. The base branch's holds.",
        default: "push",
      },
    ),
    seeds: optional(list(wholeNumber(0, 2_147_483_647), "seeds", { min: 1, max: maxSeeds }), {
      description:
        "The model is trained once with each, given as ASSAY_SEED. With three or more the verdict counts how much results vary from seed to seed.",
      default: [1],
      uniqueItems: true,
    }),
    grid: optional(rare(gridSchema), {
      description:
        "Experiments: every combination of these values is trained with every seed, at most 20. Dotted paths into the recipe, or into the parameter file; of one of several files params.yaml#train.lr.",
    }),
    select: optional(rare(selectSchema), {
      description: "Chooses the experiment that is evaluated and judged, before any test row is scored.",
    }),
    env: optional(list(envName, "names of environment variables"), {
      description: "Names of environment variables passed on to setup, training and predict commands.",
      default: [],
    }),
  },
  must("a map that says how the model is trained", "Write {run: python train.py}."),
  {
    description: "How the model is trained.",
    oneOf: [
      { required: ["run"], not: { required: ["trainer"] } },
      { required: ["trainer", "recipe"] },
      { required: ["trainer", "module"] },
    ],
    not: { anyOf: [{ required: ["engine", "gpu-memory"] }, { required: ["engine", "grid"] }] },
    dependencies: {
      recipe: ["trainer"],
      module: ["trainer"],
      backend: ["trainer"],
      outputs: ["run"],
      grid: ["select"],
      select: ["grid"],
      engine: ["run"],
      "gpu-memory": ["gpus"],
    },
  },
);

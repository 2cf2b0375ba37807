import type { ColumnType } from "../data/profile.ts";
import type { SourcePosition } from "../errors/errors.ts";
import type { Waiver } from "../evidence/evidence.ts";
import type { DataRule, Severity } from "./data-rule.ts";
import type { RefusedFormat, SafeFormat } from "./format-names.ts";

/**
 * `assay.yml` as the rest of Assay sees it: parsed, defaults filled in, trusted. Paths and globs of a model are relative to
 * its working directory, which is relative to the repository root.
 */
export interface Spec {
  /** Path of the file in the repository, such as `assay.yml`. */
  path: string;
  /** Only `base` so far: the commit that the pull request merges into. */
  baseline: "base";
  /** Who writes the comment and the check. */
  writer: Writer;
  /** The app whose records count for promotions, `assay-acme`; undefined: none's. */
  app: string | undefined;
  onInconclusive: "block" | "allow";
  /** Of one pull request; undefined: none. */
  budget: { gpuHours: number } | undefined;
  /** Of files in the model store that nothing needs, in days; undefined: they stay. */
  retention?: { storeDays: number } | undefined;
  models: ReadonlyMap<string, Model>;
}

/** `action`: the `report` action in the workflow. `app`: Assay's app, and the action none of it. */
export type Writer = "action" | "app";

/** `scored`: no truth is compared; the user's command or file gives one or more numbers a row, and a metric is their mean. */
export type Task = "binary" | "multiclass" | "multilabel" | "regression" | "scored";

export interface Model {
  name: string;
  /** Where the model's entry is in `assay.yml`, for annotations. */
  position: SourcePosition;
  /** Where it names files, by key and path in the repository: `train.inputs.data teams/risk/train.csv`. */
  places: ReadonlyMap<string, SourcePosition>;
  task: Task;
  /** Logins and teams as written, `@acme/risk`; empty when not declared. */
  owners: readonly string[];
  train: Train;
  evaluate: Evaluate;
  data: DataPolicy;
  /** How training data is compared with the baseline's; undefined: it is not. */
  drift: Drift | undefined;
  gates: readonly Gate[];
  /** Gates whose result is accepted until a day, by name; they count only from the base branch. */
  waivers: readonly Waiver[];
  /** How versions come into stages; undefined: none does. */
  promote: Promote | undefined;
}

export interface Promote {
  /** A version is in one before it comes to the next. */
  stages: readonly string[];
  /** Owners who have to have approved the result, a stage. */
  approvals: ReadonlyMap<string, number>;
  /** Who made the change does not count among them. */
  notByAuthor: boolean;
  /** What a shipped model may be. */
  formats: FormatRule;
  /** Path of what the team states of the model; undefined: MODEL_CARD.md, where there is one. */
  card: string | undefined;
  /** A server that shows promotions as well; undefined: none. */
  mlflow?: MlflowMirror | undefined;
}

/** What a model may be to be shipped. */
export interface FormatRule {
  /** Default: every format that holds data alone. */
  formats?: readonly SafeFormat[] | undefined;
  /** Formats that are shipped all the same, and why: it stands on the release. */
  override?: { formats: readonly RefusedFormat[]; reason: string } | undefined;
}

export interface MlflowMirror {
  /** Undefined: by the environment. */
  url: string | undefined;
  registeredModel: string;
  experiment: string;
}

export interface Train {
  trainer: CommandTrainer | TfjsTrainer;
  /** Commands run in the working directory before a training. */
  setup: readonly string[];
  /** `.` or a relative path without `..`. */
  workingDirectory: string;
  inputs: {
    /** Globs; undefined: every tracked file of the working directory that is not `assay.yml`, test data, named below, or what no training reads. */
    code: readonly string[] | undefined;
    /** Paths or globs of training data. */
    data: readonly string[];
    params: readonly ParamsFile[];
    environment: readonly string[];
  };
  outputs: { model: string; metrics: string | undefined };
  /** Where the command runs. */
  engine: LocalEngine | RayEngine;
  /** Runner labels. */
  runner: readonly string[];
  /** That a runner must have; undefined: none are asked for. */
  gpus: number | undefined;
  /** Free memory of each, in mebibytes; undefined: a GPU that nobody else uses. */
  gpuMemory: number | undefined;
  timeoutMinutes: number;
  /** When a pull request's change is trained: on every push but a draft's, or once it has the label. */
  when: "push" | { label: string };
  /** A run is trained once with each. */
  seeds: readonly number[];
  /** Experiments: one run a point, of which one is chosen; undefined: one run. */
  grid: Grid | undefined;
  /** Where the model stands in its grid; see `atPoint`. */
  point?: GridPoint | undefined;
  /** Names of environment variables passed on to the user's commands. */
  env: readonly string[];
}

export interface Grid {
  parameters: readonly GridParameter[];
  /** All combinations, the last parameter changing fastest. */
  points: readonly GridPoint[];
  select: Selection;
}

export type GridValue = number | string | boolean;

export interface GridParameter {
  /** As written. */
  name: string;
  values: readonly GridValue[];
  position: SourcePosition;
}

export interface GridPoint {
  /** By the parameters' names. */
  values: Readonly<Record<string, GridValue>>;
  /** The recipe with the values in place; undefined of other trainers. */
  recipe: Recipe | undefined;
  /** Of other trainers: what stands in copies of their parameter files. */
  params: readonly ParamValue[];
}

export interface ParamValue {
  /** Path of one of `inputs.params`. */
  file: string;
  /** Dotted path into the file. */
  key: string;
  value: GridValue;
  /** The parameter's name as written in the grid, and where. */
  name: string;
  position: SourcePosition;
}

/** Which point is best, by the mean over the seeds; of equal ones the first. */
export interface Selection {
  /** A number that the trainer reports itself. */
  reported: string;
  better: "lower" | "higher";
}

/** A YAML or JSON file of parameters; `keys` are dotted paths, undefined: all of it counts. */
export interface ParamsFile {
  path: string;
  keys: readonly string[] | undefined;
}

export interface CommandTrainer {
  kind: "command";
  /** Run by `bash -c` (`cmd` on Windows) in the working directory. */
  run: string;
}

/** The runner of the training's own job. */
export interface LocalEngine {
  kind: "local";
}

/** A Ray cluster; where it is, the environment says. */
export interface RayEngine {
  kind: "ray";
  /** Absolute path of a folder that the runner and the cluster share. */
  storage: string;
  /** Kept free for the command; undefined: none. */
  cpus: number | undefined;
  /** The job does not wait for the training, and a later one collects it. */
  handOff: boolean;
}

export interface TfjsTrainer {
  kind: "tfjs";
  /** `auto`: tfjs-node-gpu or tfjs-node when they load, else wasm, else cpu. */
  backend: "auto" | "tensorflow" | "wasm" | "cpu";
  how: { recipe: Recipe } | { module: string };
}

/** A table trained by Assay itself. */
export interface Recipe {
  /** Path of the training table; one of `train.inputs.data` by itself. */
  data: string;
  target: string;
  features: { numeric: readonly string[]; categorical: readonly string[] };
  missing: { numeric: "median" | "mean" | "drop-row"; categorical: "most-frequent" | "own-category" | "drop-row" };
  layers: readonly RecipeLayer[];
  optimizer: { kind: "adam" | "sgd" | "rmsprop"; learningRate: number };
  batchSize: number;
  epochs: number;
  earlyStopping: { patience: number } | undefined;
  /** Share of the training rows held out to watch the loss, 0 ≤ share < 1. */
  validation: number;
  /** The first of `train.seeds`. A training takes the seed of its own request, which may be another of them. */
  seed: number;
}

export type RecipeLayer =
  | { kind: "dense"; units: number; activation: "relu" | "tanh" | "sigmoid" | "linear" }
  | { kind: "dropout"; rate: number };

export interface Evaluate {
  /** Path of the test table; a `.dvc` file stands for the file it names. */
  data: string;
  /** Column that names a row; undefined: row number and the test set's digest. */
  id: string | undefined;
  /** Column with the truth; undefined only of `scored` tasks. */
  target: string | undefined;
  /** Binary tasks: the label that counts as positive, as text. */
  positive: string | undefined;
  /** Class labels in the order of the model's outputs, as text; undefined: as the model says. */
  classes: readonly string[] | undefined;
  predict: Predict;
  /** Names as `spec/metric-names.ts` parses them, with their argument: `recall_at_fpr=0.01`; of `scored` tasks names of scores. */
  metrics: readonly string[];
  /** `scored` tasks: scores of which less is better. */
  lowerIsBetter: readonly string[];
  /** The metric of the headline; undefined: all of them, Holm-corrected. */
  primary: string | undefined;
  /** Column of the test set whose rows of one value are not independent. */
  group: string | undefined;
  /** Column of the test set with sample weights. */
  weight: string | undefined;
  /** Columns of the test set whose values are looked at by themselves. */
  slices: readonly SliceColumn[];
}

export interface SliceColumn {
  column: string;
  /** Slices of fewer rows are listed and never judged. */
  minRows: number;
}

export type Predict =
  /** The model that the tfjs trainer wrote. */
  | { kind: "tfjs" }
  /** An ONNX file; `features` undefined: every column but id, target, group and weight, in the table's order. */
  | { kind: "onnx"; path: string; features: readonly string[] | undefined }
  /** A command with `{model}`, `{data}` and `{out}` in it; writes predictions to `{out}`. */
  | { kind: "command"; run: string };

export interface DataPolicy {
  /** How data comes that is not in the clone; undefined: by the user's own doing. */
  pull: DataPull | undefined;
  /** What to do with training data that has no content id. */
  unpinned: "fail" | "train";
  /** Columns whose values may be shown. */
  public: readonly string[];
  rules: readonly DataRule[];
}

/** Presets that go by a profile, which is what is kept of a baseline's data. */
export const profilePresets = ["assay", "psi-deciles"] as const;

export interface Drift {
  preset: (typeof profilePresets)[number];
  /** Columns that are not compared. */
  exclude: readonly string[];
  /** What columns hold, where it should not be inferred. */
  types: Readonly<Record<string, ColumnType>>;
  /** How much columns matter; 1 of others. It decides which drifted columns are named first. */
  weights: Readonly<Record<string, number>>;
  /** Columns of numbers that are looked at together, by what they embed: those whose names begin so, or a list. */
  embeddings: Readonly<Record<string, string | readonly string[]>>;
  /** So many columns may have drifted. */
  maxDrifted: number;
}

export type Resource = "gpu-hours" | "gpu-memory";

export type DataGate =
  | { check: "drift" }
  /** The least severity of a fault that counts. */
  | { check: "quality"; severity: Severity };

export type DataPull =
  | { kind: "dvc" }
  | { kind: "lfs" }
  /** Run by a shell in the working directory. */
  | { kind: "command"; run: string };

export type Gate = {
  position: SourcePosition;
  /** Of `evaluate.metrics`; of a reported number its name in the trainer's `metrics.json`; of a resource the resource. */
  metric: string;
  /** The rule holds for every judged slice of the column, or for one of them; `worst`: only the worst is shown. */
  slice?: { column: string; value: string | undefined; worst: boolean } | undefined;
  /** A number that the trainer reported itself; two measurements of one model differ by at most `noise` 19 times in 20. */
  reported?: { greaterIsBetter: boolean; noise: number } | undefined;
  /** What the candidate's run used: GPU-hours of all its trainings together, or the most memory in use on one GPU, in GiB. */
  resource?: Resource | undefined;
  /** The candidate's training data: columns that drifted. */
  data?: DataGate | undefined;
  /** The margin is a share of the baseline's value: 0.05 is 5%. */
  relative?: boolean | undefined;
} & (
  | { kind: "no-worse-than"; margin: number }
  | { kind: "better-than"; margin: number }
  | { kind: "at-least"; limit: number }
  | { kind: "at-most"; limit: number }
);

/** What the base branch decides: metrics, gates, id, target, test set, owners. Paths and commands come from the head. */
export interface Law {
  /** Commit whose `assay.yml` this is. */
  commit: string;
  spec: Spec;
}

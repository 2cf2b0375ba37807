import * as z from "zod/mini";
import { dataEvidenceSchema } from "./data-evidence.ts";
import { digest } from "./digest-schema.ts";

/**
 * The record of one model's run and its evaluation: facts only, no judgement. `train` begins it, `evaluate` seals it,
 * everything later reads it. Limits are generous for real models and small for an attacker.
 */
export const evidenceSchemaId = "assay.evidence/v1";

const text = (max = 1_000) => z.string().check(z.maxLength(max));
const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const count = z.int().check(z.gte(0));
const finite = z.number();

const inputKinds = ["code", "data", "param", "environment", "command", "seed", "backend", "contract"] as const;

/** One thing that determines a run. `id` is its content id (`git:<blob>`, `lfs:sha256:…`, `dvc:md5:…`, `submodule:<sha>`, `sha256:…`) or its value. */
export const inputSchema = z.strictObject({
  kind: z.enum(inputKinds),
  name: text(4_096),
  id: text(4_096),
});
export type Input = z.infer<typeof inputSchema>;

/** A path that stays below the folder it is written into, on every system. */
const innerPath = text(4_096).check(
  z.refine(
    (path) =>
      path !== "" &&
      !path.includes("\\") &&
      !/^[a-z]:/i.test(path) &&
      path.split("/").every((part) => !["", ".", ".."].includes(part)),
    "not a relative path below its folder",
  ),
);

export const fileRecordSchema = z.strictObject({ path: innerPath, digest, bytes: count });
export type FileRecord = z.infer<typeof fileRecordSchema>;

export const sourceSchema = z.strictObject({
  repository: text(200),
  /** The commit whose tree was trained: on a pull request its merge commit. */
  commit: sha,
  /** The pull request's head, where there is one. */
  headSha: z.optional(sha),
  pullRequest: z.optional(z.int().check(z.gte(1))),
  /** Absent when run by hand. */
  run: z.optional(
    z.strictObject({ id: z.int().check(z.gte(1)), attempt: z.int().check(z.gte(1)), event: text(100), workflow: text(1_000) }),
  ),
});
export type Source = z.infer<typeof sourceSchema>;

/** GPUs while a training ran, as their driver told. */
export const gpuUseSchema = z.strictObject({
  name: text(200),
  /** GPUs that it had: those it asked for, else all that it saw. */
  count: z.int().check(z.gte(1), z.lte(10_000)),
  /** GPUs × hours of the training, setup included. */
  hours: finite.check(z.gte(0)),
  /** Per cent of the time in which a GPU worked; the mean over GPUs. Absent where the driver does not tell. */
  utilization: z.optional(z.strictObject({ mean: finite.check(z.gte(0)), max: finite.check(z.gte(0)) })),
  /** The most memory in use on one GPU, in mebibytes; everybody's who shares it. */
  peakMemory: finite.check(z.gte(0)),
  /** Mean of all GPUs together, in watts. */
  power: z.optional(finite.check(z.gte(0))),
  /** For a chart, evenly over the training: seconds since it began, per cent, mebibytes. */
  samples: z
    .array(z.strictObject({ seconds: count, utilization: z.optional(finite.check(z.gte(0))), memory: finite.check(z.gte(0)) }))
    .check(z.maxLength(200)),
});
export type GpuUse = z.infer<typeof gpuUseSchema>;

/** `handed-off`: it goes on elsewhere, and a later run of the workflow collects it. */
const trainingOutcomes = ["completed", "failed", "timed-out", "cancelled", "invalid-output", "handed-off"] as const;

/** One training: a run has one per seed. */
export const trainingSchema = z.strictObject({
  seed: z.optional(z.int()),
  trainer: z.enum(["command", "tfjs"]),
  /** TF.js only: `requested` is part of the input hash, `used` is what ran, `why` says a difference. */
  backend: z.optional(z.strictObject({ requested: text(50), used: text(50), version: text(50), why: z.optional(text()) })),
  /** Where the command ran; absent: on the runner. */
  engine: z.optional(z.strictObject({ kind: z.literal("ray"), job: text(200) })),
  startedAt: z.iso.datetime(),
  durationSeconds: finite.check(z.gte(0)),
  outcome: z.enum(trainingOutcomes),
  /** For people, when the outcome is not `completed`. Never quotes the trainer's output. */
  message: z.optional(text(4_000)),
  exitCode: z.optional(z.int()),
  signal: z.optional(text(20)),
  /** The machine lacks what is declared: nothing was run. */
  unfit: z.optional(z.literal(true)),
  gpus: z.optional(gpuUseSchema),
  /** Files of the model, paths relative to the training's `model/` folder. */
  model: z.optional(z.strictObject({ digest, format: text(50), files: z.array(fileRecordSchema).check(z.maxLength(10_000)) })),
  /** Numbers that the trainer reported itself. */
  reported: z.optional(z.record(text(200), finite)),
  /** Numbers over time: per epoch of trainers that Assay runs itself, else what the trainer wrote to its logs or its output. */
  history: z.optional(z.record(text(200), z.array(z.nullable(finite)).check(z.maxLength(10_000)))),
  /** Where each number of the history belongs; absent: epochs 1, 2, … */
  historyAt: z.optional(z.strictObject({ unit: z.enum(["epoch", "step"]), at: z.array(finite).check(z.maxLength(10_000)) })),
});
export type Training = z.infer<typeof trainingSchema>;

export const testSetSchema = z.strictObject({
  path: text(4_096),
  digest,
  rows: count,
  /** Content id in the tree that it was read from, as of the inputs: whether another tree has the same can be told without its bytes. */
  id: z.optional(text(4_096)),
});
export type TestSet = z.infer<typeof testSetSchema>;

export const intervalSchema = z.strictObject({ low: finite, high: finite });
export type Interval = z.infer<typeof intervalSchema>;

/** A metric of one model. `value` is null when undefined, and `undefinedBecause` then says why. */
export const metricResultSchema = z.strictObject({
  metric: text(100),
  /** Of several trainings their mean. */
  value: z.nullable(finite),
  /** The value of each training, where there are several. */
  seeds: z.optional(z.array(finite).check(z.maxLength(100))),
  undefinedBecause: z.optional(text()),
  /** 95% interval of the value, absent when none can be trusted. */
  interval: z.optional(intervalSchema),
  /** Of the t distribution behind the interval; absent: a normal one. */
  degreesOfFreedom: z.optional(finite.check(z.positive())),
  method: z.optional(text(100)),
  /** Why there is no interval: the guard that was not met, with the missing count. */
  noIntervalBecause: z.optional(text()),
});
export type MetricResult = z.infer<typeof metricResultSchema>;

/** The change of one metric from baseline to candidate on the same rows: candidate − baseline, in the metric's own units. */
export const comparisonSchema = z.strictObject({
  metric: text(100),
  greaterIsBetter: z.boolean(),
  /** Of several trainings their mean, as the candidate's. */
  baseline: z.nullable(finite),
  candidate: z.nullable(finite),
  change: z.nullable(finite),
  /** 95% paired interval of the change, absent when none can be trusted. */
  interval: z.optional(intervalSchema),
  /** Of the t distribution behind the interval; absent: a normal one. Intervals of other levels and p-values follow from it. */
  degreesOfFreedom: z.optional(finite.check(z.positive())),
  /** Whether the interval holds for other seeds of the same recipe too; absent: only for these trained models. */
  seedVariance: z.optional(z.literal(true)),
  /** (candidate − baseline) / |baseline|, with its own paired interval; absent where the baseline is 0 or too close to it. */
  relative: z.optional(z.strictObject({ change: finite, interval: z.optional(intervalSchema) })),
  method: text(100),
  noIntervalBecause: z.optional(text()),
  /** Rows that would be needed for the guard or, as an estimate, to halve the interval; where known. */
  rows: count,
  /** True when both models gave the same predictions (and scores, where the metric reads them): the change is exactly 0. */
  identical: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** One value of a declared column, on its rows alone. */
export const sliceSchema = z.strictObject({
  column: text(200),
  /** Empty text: the value is missing in these rows. */
  value: text(200),
  rows: count,
  /** Fewer rows than the declared smallest size: listed, never judged. */
  tooSmall: z.optional(z.literal(true)),
  /** The candidate's. */
  metrics: z.array(metricResultSchema).check(z.maxLength(200)),
  /** Empty where there is no baseline. */
  comparisons: z.array(comparisonSchema).check(z.maxLength(200)),
  flipped: z.optional(z.strictObject({ better: count, worse: count })),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Values of a declared column that are no slices, since there are too many of them or their rows weigh nothing. */
export const slicesLeftOutSchema = z.strictObject({
  column: text(200),
  values: count,
  /** Of which so many have the declared smallest number of rows: a rule on every slice of the column covers them too. */
  judgeable: count,
});
export type SlicesLeftOut = z.infer<typeof slicesLeftOutSchema>;

/** Rows that the candidate gets right and the baseline wrong, or the other way round; of `scored` tasks, rows with another first score. */
export const flippedSchema = z.strictObject({
  better: count,
  worse: count,
  /** Ids of some of them, in the test set's order. */
  betterIds: z.optional(z.array(text(200)).check(z.maxLength(50))),
  worseIds: z.optional(z.array(text(200)).check(z.maxLength(50))),
});
export type Flipped = z.infer<typeof flippedSchema>;

const curvePoint = z.tuple([finite, finite]);
/** What the page draws of one model; at most 200 points a curve. */
export const picturesSchema = z.strictObject({
  confusion: z.optional(
    z.strictObject({
      labels: z.array(text(200)).check(z.maxLength(100)),
      counts: z.array(z.array(count).check(z.maxLength(100))).check(z.maxLength(100)),
    }),
  ),
  /** Points (false positive rate, true positive rate); one curve a class, or one for binary tasks. */
  roc: z.optional(
    z.array(z.strictObject({ label: text(200), points: z.array(curvePoint).check(z.maxLength(200)) })).check(z.maxLength(100)),
  ),
  /** Points (recall, precision). */
  precisionRecall: z.optional(
    z.array(z.strictObject({ label: text(200), points: z.array(curvePoint).check(z.maxLength(200)) })).check(z.maxLength(100)),
  ),
  /** Points (mean predicted probability, share of rows that are of the class), one a bin that has rows. */
  calibration: z.optional(
    z.array(z.strictObject({ label: text(200), points: z.array(curvePoint).check(z.maxLength(200)) })).check(z.maxLength(100)),
  ),
  /** Regression: histogram of prediction − target. */
  residuals: z.optional(
    z.strictObject({ edges: z.array(finite).check(z.maxLength(201)), counts: z.array(count).check(z.maxLength(200)) }),
  ),
});
export type Pictures = z.infer<typeof picturesSchema>;

export const scoredModelSchema = z.strictObject({
  inputHash: digest,
  commit: sha,
  /** Digests of the predictions in canonical form, one a training. */
  predictions: z.array(digest).check(z.minLength(1), z.maxLength(100)),
  /** Digest of how they came about; see `PlannedRun.scoring`. */
  scoring: digest,
  metrics: z.array(metricResultSchema).check(z.maxLength(200)),
  /** Predictions of all trainings that are labels which the test set does not have, how many different ones, and those where they are few. */
  otherLabels: z.optional(
    z.strictObject({ predictions: count, different: count, labels: z.array(text(200)).check(z.maxLength(20)) }),
  ),
  /** Numbers that the trainer reported itself, one value a training. */
  reported: z.optional(z.record(text(200), z.array(finite).check(z.maxLength(100)))),
  /** Of the first training. */
  pictures: z.optional(picturesSchema),
});
export type ScoredModel = z.infer<typeof scoredModelSchema>;

/** Both models on one test set. */
export const evaluationSchema = z.strictObject({
  /** `current`: the candidate's test set. `base`: the base branch's, judged too when the pull request changed it. */
  role: z.enum(["current", "base"]),
  testSet: testSetSchema,
  /** Digest of the terms that the numbers are of: task, columns, labels, directions, drift and data rules. Numbers by others say nothing of these. */
  measuredBy: z.optional(digest),
  candidate: z.optional(scoredModelSchema),
  candidateMissing: z.optional(text(4_000)),
  baseline: z.optional(z.extend(scoredModelSchema, { how: z.enum(["kept", "rescored"]) })),
  /** Why there is no baseline beside the candidate. */
  baselineMissing: z.optional(text(4_000)),
  comparisons: z.array(comparisonSchema).check(z.maxLength(200)),
  /** Of the first training of each side. */
  flipped: z.optional(flippedSchema),
  /** Values of the declared columns, largest slices first. */
  slices: z.optional(z.array(sliceSchema).check(z.maxLength(1_000))),
  /** One a column that has any. */
  slicesLeftOut: z.optional(z.array(slicesLeftOutSchema).check(z.maxLength(100))),
  /** The same, and why: for people. */
  slicesMissing: z.optional(z.array(text()).check(z.maxLength(100))),
  /** Rows of one group are not independent; `groups` counts them. */
  group: z.optional(z.strictObject({ column: text(200), groups: count })),
  /** Sides of which all trainings predict the same, so that their seeds changed nothing: an interval cannot hold for others. */
  seedsEqual: z.optional(z.array(z.enum(["baseline", "candidate"])).check(z.maxLength(2))),
  /** Column of the sample weights. */
  weight: z.optional(text(200)),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

const gridValue = z.union([finite, text(200), z.boolean()]);

/** One point of a grid: a run of its own, of which only this is kept here. */
export const experimentSchema = z.strictObject({
  /** The parameters' values, by their names in the grid. */
  values: z.record(text(500), gridValue),
  inputHash: digest,
  /** Where it was trained; absent: by the run that this is the evidence of. */
  reusedFrom: z.optional(sourceSchema),
  /** How its trainings ended; only completed ones can be chosen. */
  outcome: z.enum(trainingOutcomes),
  /** Of each training the number that chooses, where it has it, its model's digest, and the GPU-hours that it took. */
  seeds: z
    .array(
      z.strictObject({
        seed: z.int(),
        value: z.nullable(finite),
        model: z.optional(digest),
        gpus: z.optional(z.strictObject({ hours: finite.check(z.gte(0)) })),
      }),
    )
    .check(z.maxLength(100)),
  /** Why it cannot be chosen, for people. */
  message: z.optional(text(4_000)),
});
export type Experiment = z.infer<typeof experimentSchema>;

/** The grid that a run was chosen from, before any test row was scored. */
export const experimentsSchema = z.strictObject({
  select: z.strictObject({ reported: text(200), better: z.enum(["lower", "higher"]) }),
  /** Place of the chosen one in `points`: the best mean over its seeds, the first of equal ones; absent: none can be chosen. */
  chosen: z.optional(count),
  points: z.array(experimentSchema).check(z.minLength(1), z.maxLength(100)),
});
export type Experiments = z.infer<typeof experimentsSchema>;

export const waiverSchema = z.strictObject({
  gate: text(1_000),
  by: text(),
  reason: text(2_000),
  until: z.iso.date(),
});
export type Waiver = z.infer<typeof waiverSchema>;

const sealSchema = z.strictObject({
  /** Over model, predictions and metrics; not run ids or times. */
  resultDigest: digest,
  sealedAt: z.iso.datetime(),
});

export const evidenceSchema = z.strictObject({
  schema: z.literal(evidenceSchemaId),
  model: text(200),
  task: z.enum(["binary", "multiclass", "multilabel", "regression", "scored"]),
  inputHash: digest,
  inputs: z.array(inputSchema).check(z.maxLength(100_000)),
  source: sourceSchema,
  trainings: z.array(trainingSchema).check(z.maxLength(100)),
  /** Of a grid: what the trainings above were chosen from. */
  experiments: z.optional(experimentsSchema),
  evaluations: z.array(evaluationSchema).check(z.maxLength(2)),
  /** The pull request changed the test set, and nothing could be said on the base's: why. */
  baseTestSetMissing: z.optional(text(4_000)),
  /** Evaluation could not be done at all: what to mend. */
  evaluationFailure: z.optional(z.strictObject({ message: text(4_000), exitCode: z.int() })),
  /** What was looked for in the training data; absent where the law asks for nothing of it. */
  data: z.optional(dataEvidenceSchema),
  waivers: z.array(waiverSchema).check(z.maxLength(100)),
  seal: z.optional(sealSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;

import { z } from "zod";
import { digestPattern } from "./digest.ts";

/**
 * The record of one model's run and its evaluation: facts only, no judgement. `train` begins it, `evaluate` seals it,
 * everything later reads it. Limits are generous for real models and small for an attacker.
 */
export const evidenceSchemaId = "assay.evidence/v1";

const text = (max = 1_000) => z.string().max(max);
const digest = z
  .string()
  .regex(digestPattern)
  .transform((value) => value as `sha256:${string}`);
const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const count = z.int().min(0);
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
const innerPath = text(4_096).refine(
  (path) =>
    path !== "" &&
    !path.includes("\\") &&
    !/^[a-z]:/i.test(path) &&
    path.split("/").every((part) => !["", ".", ".."].includes(part)),
  "not a relative path below its folder",
);

export const fileRecordSchema = z.strictObject({ path: innerPath, digest, bytes: count });
export type FileRecord = z.infer<typeof fileRecordSchema>;

export const sourceSchema = z.strictObject({
  repository: text(200),
  /** The commit whose tree was trained: on a pull request its merge commit. */
  commit: sha,
  /** The pull request's head, where there is one. */
  headSha: sha.optional(),
  pullRequest: z.int().min(1).optional(),
  /** Absent when run by hand. */
  run: z.strictObject({ id: z.int().min(1), attempt: z.int().min(1), event: text(100), workflow: text(1_000) }).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

const trainingOutcomes = ["completed", "failed", "timed-out", "cancelled", "invalid-output"] as const;

/** One training: a run has one per seed. */
export const trainingSchema = z.strictObject({
  seed: z.int().optional(),
  trainer: z.enum(["command", "tfjs"]),
  /** TF.js only: `requested` is part of the input hash, `used` is what ran, `why` says a difference. */
  backend: z.strictObject({ requested: text(50), used: text(50), version: text(50), why: text().optional() }).optional(),
  startedAt: z.iso.datetime(),
  durationSeconds: finite.min(0),
  outcome: z.enum(trainingOutcomes),
  /** For people, when the outcome is not `completed`. Never quotes the trainer's output. */
  message: text(4_000).optional(),
  exitCode: z.int().optional(),
  signal: text(20).optional(),
  /** Files of the model, paths relative to the training's `model/` folder. */
  model: z.strictObject({ digest, format: text(50), files: z.array(fileRecordSchema).max(10_000) }).optional(),
  /** Numbers that the trainer reported itself. */
  reported: z.record(text(200), finite).optional(),
  /** Per epoch, of trainers that Assay runs itself. */
  history: z.record(text(200), z.array(finite.nullable()).max(10_000)).optional(),
});
export type Training = z.infer<typeof trainingSchema>;

export const testSetSchema = z.strictObject({ path: text(4_096), digest, rows: count });
export type TestSet = z.infer<typeof testSetSchema>;

export const intervalSchema = z.strictObject({ low: finite, high: finite });
export type Interval = z.infer<typeof intervalSchema>;

/** A metric of one model. `value` is null when undefined, and `undefinedBecause` then says why. */
export const metricResultSchema = z.strictObject({
  metric: text(100),
  /** Of several trainings their mean. */
  value: finite.nullable(),
  /** The value of each training, where there are several. */
  seeds: z.array(finite).max(100).optional(),
  undefinedBecause: text().optional(),
  /** 95% interval of the value, absent when none can be trusted. */
  interval: intervalSchema.optional(),
  method: text(100).optional(),
  /** Why there is no interval: the guard that was not met, with the missing count. */
  noIntervalBecause: text().optional(),
});
export type MetricResult = z.infer<typeof metricResultSchema>;

/** The change of one metric from baseline to candidate on the same rows: candidate − baseline, in the metric's own units. */
export const comparisonSchema = z.strictObject({
  metric: text(100),
  greaterIsBetter: z.boolean(),
  /** Of several trainings their mean, as the candidate's. */
  baseline: finite.nullable(),
  candidate: finite.nullable(),
  change: finite.nullable(),
  /** 95% paired interval of the change, absent when none can be trusted. */
  interval: intervalSchema.optional(),
  /** Of the t distribution behind the interval; absent: a normal one. Intervals of other levels and p-values follow from it. */
  degreesOfFreedom: finite.positive().optional(),
  /** Whether the interval holds for other seeds of the same recipe too; absent: only for these trained models. */
  seedVariance: z.literal(true).optional(),
  /** (candidate − baseline) / |baseline|, with its own paired interval; absent where the baseline is 0 or too close to it. */
  relative: z.strictObject({ change: finite, interval: intervalSchema.optional() }).optional(),
  method: text(100),
  noIntervalBecause: text().optional(),
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
  tooSmall: z.literal(true).optional(),
  /** The candidate's. */
  metrics: z.array(metricResultSchema).max(200),
  /** Empty where there is no baseline. */
  comparisons: z.array(comparisonSchema).max(200),
  flipped: z.strictObject({ better: count, worse: count }).optional(),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Rows that the candidate gets right and the baseline wrong, or the other way round; of `scored` tasks, rows with another first score. */
export const flippedSchema = z.strictObject({
  better: count,
  worse: count,
  /** Ids of some of them, in the test set's order. */
  betterIds: z.array(text(200)).max(50).optional(),
  worseIds: z.array(text(200)).max(50).optional(),
});
export type Flipped = z.infer<typeof flippedSchema>;

const curvePoint = z.tuple([finite, finite]);
/** What the page draws of one model; at most 200 points a curve. */
export const picturesSchema = z.strictObject({
  confusion: z
    .strictObject({ labels: z.array(text(200)).max(100), counts: z.array(z.array(count).max(100)).max(100) })
    .optional(),
  /** Points (false positive rate, true positive rate); one curve a class, or one for binary tasks. */
  roc: z
    .array(z.strictObject({ label: text(200), points: z.array(curvePoint).max(200) }))
    .max(100)
    .optional(),
  /** Points (recall, precision). */
  precisionRecall: z
    .array(z.strictObject({ label: text(200), points: z.array(curvePoint).max(200) }))
    .max(100)
    .optional(),
  /** Points (mean predicted probability, share of rows that are of the class), one a bin that has rows. */
  calibration: z
    .array(z.strictObject({ label: text(200), points: z.array(curvePoint).max(200) }))
    .max(100)
    .optional(),
  /** Regression: histogram of prediction − target. */
  residuals: z.strictObject({ edges: z.array(finite).max(201), counts: z.array(count).max(200) }).optional(),
});
export type Pictures = z.infer<typeof picturesSchema>;

export const scoredModelSchema = z.strictObject({
  inputHash: digest,
  commit: sha,
  /** Digests of the predictions in canonical form, one a training. */
  predictions: z.array(digest).min(1).max(100),
  /** Digest of how they came about; see `PlannedRun.scoring`. */
  scoring: digest,
  metrics: z.array(metricResultSchema).max(200),
  /** Numbers that the trainer reported itself, one value a training. */
  reported: z.record(text(200), z.array(finite).max(100)).optional(),
  /** Of the first training. */
  pictures: picturesSchema.optional(),
});
export type ScoredModel = z.infer<typeof scoredModelSchema>;

/** Both models on one test set. */
export const evaluationSchema = z.strictObject({
  /** `current`: the candidate's test set. `base`: the base branch's, judged too when the pull request changed it. */
  role: z.enum(["current", "base"]),
  testSet: testSetSchema,
  candidate: scoredModelSchema.optional(),
  candidateMissing: text(4_000).optional(),
  baseline: scoredModelSchema.extend({ how: z.enum(["kept", "rescored"]) }).optional(),
  /** Why there is no baseline beside the candidate. */
  baselineMissing: text(4_000).optional(),
  comparisons: z.array(comparisonSchema).max(200),
  /** Of the first training of each side. */
  flipped: flippedSchema.optional(),
  /** Values of the declared columns, largest slices first. */
  slices: z.array(sliceSchema).max(1_000).optional(),
  /** Columns and values that were left out, and why: for people. */
  slicesMissing: z.array(text()).max(100).optional(),
  /** Rows of one group are not independent; `groups` counts them. */
  group: z.strictObject({ column: text(200), groups: count }).optional(),
  /** Column of the sample weights. */
  weight: text(200).optional(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

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
  inputs: z.array(inputSchema).max(100_000),
  source: sourceSchema,
  trainings: z.array(trainingSchema).max(100),
  evaluations: z.array(evaluationSchema).max(2),
  /** The pull request changed the test set, and nothing could be said on the base's: why. */
  baseTestSetMissing: text(4_000).optional(),
  /** Evaluation could not be done at all: what to mend. */
  evaluationFailure: z.strictObject({ message: text(4_000), exitCode: z.int() }).optional(),
  waivers: z.array(waiverSchema).max(100),
  seal: sealSchema.optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

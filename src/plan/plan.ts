import type { Digest } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";

/** Why a model is trained, reused or evaluated again: one sentence part each, such as `data changed: data/train.csv`. */
export type Because = readonly string[];

/** A run of ours that can be fetched again. */
export interface RunRef {
  /** Where the run's files are. */
  kind: "artifact" | "store";
  inputHash: Digest;
  /** `artifact`: the workflow run that uploaded them. */
  runId?: number | undefined;
  artifactId?: number | undefined;
  artifactName?: string | undefined;
  /** The pull request or commit, for people. */
  origin: string;
}

export type TrainingDecision = "train" | "reuse" | "skip";

export interface PlannedRun extends PlannedTraining {
  /** The commit whose tree is (or was) trained. */
  commit: string;
  inputs: readonly Input[];
  /** Digest of how this commit scores a model: predict, columns, labels, and prediction code that training does not read. */
  scoring: Digest;
  /** Content id of the commit's test set; absent in a plan of older make. */
  testSet?: string | undefined;
  /** Of a grid: what happens to each of its points, of which one becomes this run. Not handed on where nothing is trained. */
  points?: readonly PlannedTraining[] | undefined;
}

/** What is trained, or used instead. */
export interface PlannedTraining {
  inputHash: Digest;
  decision: TrainingDecision;
  because: Because;
  /** With `reuse`: what is used instead. */
  run?: RunRef | undefined;
  /** With `train`: what interrupted trainings of the same inputs left; `refused` says why it may not be used. */
  checkpoints?: readonly { run: RunRef; refused?: string | undefined }[] | undefined;
}

/** How many runs have to be trained: of a grid those of its points that there are not. */
export function runsToTrain({ decision, points }: PlannedRun): number {
  if (decision !== "train") return 0;
  return points?.filter((point) => point.decision === "train").length ?? 1;
}

/** What happens to one model. */
export interface PlannedModel {
  model: string;
  candidate: PlannedRun;
  /** Absent when the base does not know the model. `skip`: the baseline is the candidate, nothing is compared. */
  baseline?: PlannedRun | undefined;
  /** Whether candidate and baseline are evaluated; false only when training and test set are unchanged. */
  evaluate: boolean;
  evaluateBecause: Because;
  /** The test set's content id differs from base's. */
  testSetChanged: boolean;
  runner: readonly string[];
  /** Trains elsewhere than on its runner. */
  engine?: "ray" | undefined;
  /** Of all trainings of a run together. */
  timeoutMinutes: number;
  /** It is trained with the seeds from 1 to this number, as a person asked, in place of those that are declared. */
  seeds?: number | undefined;
  /** Why it gets no job although it needs one. */
  withheld?: string | undefined;
  /** What a person does first, since a training is needed and its time has not come. */
  waitsFor?: WaitsFor | undefined;
}

/** Whether anything is trained: itself, a point of its grid, or a baseline that is not there. */
export function needsTraining({ candidate, baseline }: PlannedModel): boolean {
  return [candidate, baseline].some((run) => run !== undefined && runsToTrain(run) > 0);
}

/** `ready`: the pull request is marked ready for review. */
export type WaitsFor = "ready" | { label: string };

export interface Plan {
  schema: "assay.plan/v1";
  /** Commit that was planned: on a pull request its merge commit. */
  commit: string;
  /** Commit it is compared with; null on the first commit. */
  base: string | null;
  /** `pull_request`: pull request; `push`: a protected branch moved. */
  event: "pull_request" | "push" | "manual";
  pullRequest?: number | undefined;
  headSha?: string | undefined;
  /** By base's rules the app writes comment and check, and is handed the plan too. */
  writer?: "app" | undefined;
  models: readonly PlannedModel[];
}

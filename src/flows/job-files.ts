import { join } from "node:path";
import { shortDigest } from "../evidence/digest.ts";
import type { RunRef } from "../plan/plan.ts";

/**
 * Folders handed from one job to the next, and kept for later runs. On a runner these are artifacts; by hand a folder.
 * Names come from the functions below and from nowhere else.
 */
export interface JobFiles {
  /** Keeps the folder's files under the name; what an earlier attempt kept is replaced. */
  keep(name: string, folder: string): Promise<void>;
  /** Fetches what this run kept into the folder; false when there is nothing of that name. */
  fetch(name: string, folder: string): Promise<boolean>;
  /** Fetches what another run kept. */
  fetchFrom(run: RunRef, folder: string): Promise<boolean>;
  /** Keeps one file under its own name and as it is: jobs that may write read it without unpacking anything. */
  keepFile(file: string): Promise<void>;
  /**
   * Fetches such a file by its name into the folder; false when there is none.
   * @throws UsageError when it is larger than `maxBytes`
   */
  fetchFile(name: string, folder: string, maxBytes: number): Promise<boolean>;
  /** Removes what this run kept under the name, if anything. */
  remove(name: string): Promise<void>;
  /** How often what is not finished is worth keeping, in seconds: an upload takes its time. */
  unfinishedEvery: number;
}

/** The plan, kept for the app: it reads what was decided before any code of the repository ran. */
export const planFileName = "assay-plan.json";

/** A trained model with its begun evidence; the input hash in the name is how a later run finds it. */
export function runFilesName(model: string, inputHash: string): string {
  return `assay-run-${fileSafe(model)}-${shortDigest(inputHash, 16)}`;
}

/** Folder of one training among a run's files: `model/`, `metrics.json`, and of one that did not complete what it left. */
export function trainingFolder(runFolder: string, seed: number): string {
  return join(runFolder, "trainings", String(seed));
}

/** Folder of a training's model files. */
export function modelFolder(runFolder: string, seed: number): string {
  return join(trainingFolder(runFolder, seed), "model");
}

/** What a training left behind that did not complete: for people, never found as a run. */
export function partialFilesName(model: string, inputHash: string): string {
  return `assay-partial-${fileSafe(model)}-${shortDigest(inputHash, 16)}`;
}

/**
 * Checkpoints of one training: two kept in turn, so that one is whole while the other is being replaced, and what was left when
 * nobody was there to keep it any more; whoever was killed may have been replacing either.
 */
export function checkpointFilesNames(model: string, inputHash: string, seed: number): readonly [string, string, string] {
  const name = (turn: string) => `assay-checkpoint-${fileSafe(model)}-${shortDigest(inputHash, 16)}-${seed}${turn}`;
  return [name("a"), name("b"), name("left")];
}

/** The sealed evidence of a model, a file of its own: it is read by jobs that may write. */
export function evidenceFileName(model: string, inputHash: string): string {
  return `assay-evidence-${fileSafe(model)}-${shortDigest(inputHash, 16)}.json`;
}

/** Predictions of the candidate on the test sets, kept beside the model on merge. */
export function predictionsFilesName(model: string): string {
  return `assay-predictions-${fileSafe(model)}`;
}

/** Name of the file with the predictions of that digest. */
export function predictionsFile(digest: string): string {
  return `${shortDigest(digest, 64)}.csv`;
}

/** Profiles of the candidate's training tables, kept beside the model on merge. */
export function profilesFilesName(model: string): string {
  return `assay-profiles-${fileSafe(model)}`;
}

/** Name of the file with the profile of that digest. */
export function profileFile(digest: string): string {
  return `${shortDigest(digest, 64)}.json`;
}

/** Model names may hold `/`, artifact names may not; `~` is in no model name, so names stay different. */
function fileSafe(model: string): string {
  return model.replaceAll("/", "~");
}

/** What both adapters say of a file that is refused before it is fetched. */
export function tooLarge(name: string, bytes: number, maxBytes: number): string {
  return `${name} has ${bytes} bytes, and at most ${maxBytes} were expected. Nothing of it was read.`;
}

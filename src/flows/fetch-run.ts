import { join } from "node:path";
import { AssayError, MissingDataError } from "../errors/errors.ts";
import type { Evidence, FileRecord, Training } from "../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../evidence/parse-evidence.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ModelStore } from "../model-store/model-store.ts";
import type { PlannedTraining } from "../plan/plan.ts";
import type { Machine } from "./context.ts";
import { failureOf, isHandedOff } from "./failure.ts";
import { evidenceFileName, modelFolder, predictionsFile, runFilesName } from "./job-files.ts";

/** Where baselines last. */
export interface Records {
  ledger: Ledger;
  store: ModelStore;
}

/** There is no such run because its training in this workflow run failed; `failure` says why. */
export class TrainingFailedError extends MissingDataError {
  readonly failure: string;
  readonly trainings: readonly Training[];
  constructor({ model, trainings }: Evidence, failure: string) {
    super(`${model} could not be trained: ${failure}`);
    this.failure = failure;
    this.trainings = trainings;
  }
}

/** There is no such run yet: its training goes on elsewhere, and a later run of the workflow collects it. */
export class HandedOffError extends TrainingFailedError {}

/** What fetching needs of the machine: no clone. */
export type FetchMachine = Pick<Machine, "files" | "jobFiles">;

/** A run's models on this machine. */
export interface FetchedRun {
  evidence: Evidence;
  /** Absolute; everything of the run that was fetched. */
  folder: string;
  /** Absolute, one a training; each model's files as recorded. */
  modelFolders: readonly string[];
  /** Fetches the run's kept predictions of a test set, made in the same way, one file a training; undefined unless all are there. */
  keptPredictions(testSet: string, scoring: string): Promise<readonly string[] | undefined>;
  remove(): Promise<void>;
}

/**
 * Brings a run's models here: from this workflow run when it was trained in it, else from where the plan found it, and checks
 * every file against the evidence.
 * @throws MissingDataError naming what is gone or altered
 */
export async function fetchRun(
  model: string,
  planned: PlannedTraining,
  machine: FetchMachine,
  records: Records,
): Promise<FetchedRun> {
  const folder = await machine.files.makeTemporaryFolder("assay-fetched-");
  const evidence = await fetchModels().catch(async (error: unknown) => {
    await machine.files.remove(folder);
    throw error;
  });
  return {
    evidence,
    folder,
    modelFolders: evidence.trainings.map((training, index) => modelFolder(folder, seedOf(training, index))),
    async keptPredictions(testSet, scoring) {
      const evaluation = evidence.evaluations.find(
        (made) => made.testSet.digest === testSet && made.candidate?.scoring === scoring,
      );
      const digests = evaluation?.candidate?.predictions ?? [];
      if (digests.length === 0 || digests.length !== evidence.trainings.length) return undefined;
      const kept: string[] = [];
      for (const digest of digests) {
        const file = join(folder, "predictions", predictionsFile(digest));
        if (!(await records.store.get(digest, file))) return undefined;
        kept.push(file);
      }
      return kept;
    },
    remove: () => machine.files.remove(folder),
  };

  async function fetchModels(): Promise<Evidence> {
    const fetched =
      planned.run?.kind === "store"
        ? await fetchFromStore(model, planned, folder, machine, records)
        : await fetchFromJobFiles(model, planned, folder, machine);
    await checkModelFiles(fetched, folder, machine);
    return fetched;
  }
}

async function fetchFromJobFiles(
  model: string,
  planned: PlannedTraining,
  folder: string,
  machine: FetchMachine,
): Promise<Evidence> {
  const found = planned.run
    ? await machine.jobFiles.fetchFrom(planned.run, folder)
    : await machine.jobFiles.fetch(runFilesName(model, planned.inputHash), folder);
  const text = found ? await machine.files.readText(join(folder, "evidence.json")) : undefined;
  if (text === undefined) {
    const failed = planned.run ? undefined : await findFailure(model, planned.inputHash, machine);
    if (failed) throw failed;
    throw new MissingDataError(
      `${model}: there is no run with input hash ${planned.inputHash}${planned.run ? ` in ${planned.run.origin}` : ""}. ` +
        "Train it first; if its training job failed, its log says why.",
    );
  }
  return sameRun(parseEvidence(text, `evidence of ${model}`), model, planned);
}

/** Why this workflow run has no such run: training kept its sealed evidence all the same. */
async function findFailure(
  model: string,
  inputHash: string,
  { files, jobFiles }: FetchMachine,
): Promise<TrainingFailedError | undefined> {
  const folder = await files.makeTemporaryFolder("assay-evidence-");
  try {
    const name = evidenceFileName(model, inputHash);
    if (!(await jobFiles.fetchFile(name, folder, maxEvidenceBytes))) return undefined;
    const evidence = parseEvidence((await files.readText(join(folder, name))) ?? "", `evidence of ${model}`);
    if (evidence.model !== model || evidence.inputHash !== inputHash) return undefined;
    const { trainings } = evidence;
    const failure = trainings.length > 0 && trainings.every(isCompleted) ? undefined : failureOf(evidence);
    if (failure === undefined) return undefined;
    return isHandedOff(evidence) ? new HandedOffError(evidence, failure) : new TrainingFailedError(evidence, failure);
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  } finally {
    await files.remove(folder);
  }
}

async function fetchFromStore(
  model: string,
  planned: PlannedTraining,
  folder: string,
  { files }: FetchMachine,
  { ledger, store }: Records,
): Promise<Evidence> {
  const evidence = await ledger.findEvidence(model, planned.inputHash);
  if (!evidence)
    throw new MissingDataError(`${model}: the ledger has no record of input hash ${planned.inputHash} any more. Plan again.`);
  // The store takes no empty files.
  for (const { path, at, digest, bytes } of modelFiles(evidence, folder))
    if (bytes === 0) await files.write(at, "");
    else if (!(await store.get(digest, at)))
      throw new MissingDataError(
        `${model}: the model store no longer has ${path} (${digest}). Plan again, so that it is trained anew.`,
      );
  return sameRun(evidence, model, planned);
}

/** All models' files, and where they belong below the folder: the evidence's schema has seen to it that no path leads out of it. */
function modelFiles({ trainings }: Evidence, folder: string): readonly (FileRecord & { at: string })[] {
  return trainings.flatMap((training, index) =>
    (training.model?.files ?? []).map((file) => ({
      ...file,
      at: join(modelFolder(folder, seedOf(training, index)), file.path),
    })),
  );
}

function isCompleted({ outcome }: Training): boolean {
  return outcome === "completed";
}

/** Every training of ours has one. */
function seedOf({ seed }: Training, index: number): number {
  return seed ?? index;
}

function sameRun(evidence: Evidence, model: string, planned: PlannedTraining): Evidence {
  if (evidence.model !== model || evidence.inputHash !== planned.inputHash)
    throw new MissingDataError(
      `${model}: the evidence that was fetched is of ${evidence.model} with input hash ${evidence.inputHash}, not ${planned.inputHash}.`,
    );
  const { runId } = planned.run ?? {};
  if (runId !== undefined && evidence.source.run?.id !== runId)
    throw new MissingDataError(
      `${model}: the evidence that run ${runId} kept says that run ${evidence.source.run?.id ?? "none"} made it.`,
    );
  return evidence;
}

async function checkModelFiles(evidence: Evidence, folder: string, machine: FetchMachine): Promise<void> {
  for (const file of modelFiles(evidence, folder)) {
    const found = (await machine.files.exists(file.at)) ? (await machine.files.digest(file.at)).digest : "nothing";
    if (found !== file.digest)
      throw new MissingDataError(
        `${evidence.model}: ${file.path} should be ${file.digest} by its evidence, but ${found} was found.`,
      );
  }
}

import { join } from "node:path";
import { MissingDataError } from "../errors/errors.ts";
import type { Evidence, FileRecord } from "../evidence/evidence.ts";
import { parseEvidence } from "../evidence/parse-evidence.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ModelStore } from "../model-store/model-store.ts";
import type { PlannedRun } from "../plan/plan.ts";
import type { Machine } from "./context.ts";
import { runFilesName } from "./job-files.ts";

/** Where baselines last. */
export interface Records {
  ledger: Ledger;
  store: ModelStore;
}

/** What fetching needs of the machine: no clone. */
export type FetchMachine = Pick<Machine, "files" | "jobFiles">;

/** A run's model on this machine. */
export interface FetchedRun {
  evidence: Evidence;
  /** Absolute; the model's files as recorded. */
  modelFolder: string;
  /** Fetches the run's kept predictions of a test set, made in the same way; undefined when there are none. */
  keptPredictions(testSet: string, scoring: string): Promise<string | undefined>;
  remove(): Promise<void>;
}

/**
 * Brings a run's model here: from this workflow run when it was trained in it, else from where the plan found it, and checks
 * every file against the evidence.
 * @throws MissingDataError naming what is gone or altered
 */
export async function fetchRun(model: string, planned: PlannedRun, machine: FetchMachine, records: Records): Promise<FetchedRun> {
  const folder = await machine.files.makeTemporaryFolder("assay-fetched-");
  const modelFolder = join(folder, "model");
  const evidence = await fetchModel().catch(async (error: unknown) => {
    await machine.files.remove(folder);
    throw error;
  });
  return {
    evidence,
    modelFolder,
    async keptPredictions(testSet, scoring) {
      const evaluation = evidence.evaluations.find(
        (made) => made.testSet.digest === testSet && made.candidate?.scoring === scoring,
      );
      const digest = evaluation?.candidate?.predictions[0];
      const file = join(folder, "predictions.csv");
      return digest && (await records.store.get(digest, file)) ? file : undefined;
    },
    remove: () => machine.files.remove(folder),
  };

  async function fetchModel(): Promise<Evidence> {
    const fetched =
      planned.run?.kind === "store"
        ? await fetchFromStore(model, planned, modelFolder, machine, records)
        : await fetchFromJobFiles(model, planned, folder, machine);
    await checkModelFiles(fetched, modelFolder, machine);
    return fetched;
  }
}

async function fetchFromJobFiles(model: string, planned: PlannedRun, folder: string, machine: FetchMachine): Promise<Evidence> {
  const found = planned.run
    ? await machine.jobFiles.fetchFrom(planned.run, folder)
    : await machine.jobFiles.fetch(runFilesName(model, planned.inputHash), folder);
  const text = found ? await machine.files.readText(join(folder, "evidence.json")) : undefined;
  if (text === undefined)
    throw new MissingDataError(
      `${model}: there is no run with input hash ${planned.inputHash}${planned.run ? ` in ${planned.run.origin}` : ""}. ` +
        "Train it first; if its training job failed, its log says why.",
    );
  return sameRun(parseEvidence(text, `evidence of ${model}`), model, planned);
}

async function fetchFromStore(
  model: string,
  planned: PlannedRun,
  modelFolder: string,
  { files }: FetchMachine,
  { ledger, store }: Records,
): Promise<Evidence> {
  const evidence = await ledger.findEvidence(model, planned.inputHash);
  if (!evidence)
    throw new MissingDataError(`${model}: the ledger has no record of input hash ${planned.inputHash} any more. Plan again.`);
  // The store takes no empty files.
  for (const { path, digest, bytes } of modelFiles(evidence))
    if (bytes === 0) await files.write(join(modelFolder, path), "");
    else if (!(await store.get(digest, join(modelFolder, path))))
      throw new MissingDataError(
        `${model}: the model store no longer has ${path} (${digest}). Plan again, so that it is trained anew.`,
      );
  return sameRun(evidence, model, planned);
}

/** The evidence's schema has seen to it that no path leads out of the folder. */
function modelFiles({ trainings }: Evidence): readonly FileRecord[] {
  return trainings.flatMap((training) => training.model?.files ?? []);
}

function sameRun(evidence: Evidence, model: string, planned: PlannedRun): Evidence {
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

async function checkModelFiles(evidence: Evidence, modelFolder: string, machine: FetchMachine): Promise<void> {
  for (const file of modelFiles(evidence)) {
    const path = join(modelFolder, file.path);
    const found = (await machine.files.exists(path)) ? (await machine.files.digest(path)).digest : "nothing";
    if (found !== file.digest)
      throw new MissingDataError(
        `${evidence.model}: ${file.path} should be ${file.digest} by its evidence, but ${found} was found.`,
      );
  }
}

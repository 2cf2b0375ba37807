import { join } from "node:path";
import { shortDigest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Plan } from "../plan/plan.ts";
import type { Machine } from "./context.ts";
import { type FetchMachine, fetchRun, type Records } from "./fetch-run.ts";
import { predictionsFilesName } from "./job-files.ts";

/**
 * On a protected branch: keeps the model and its test predictions where they last, then records the evidence in the ledger.
 * Files first, so that a record never points at nothing. Every step may be repeated.
 */
export async function recordBaselines(
  plan: Plan,
  evidence: ReadonlyMap<string, Evidence>,
  machine: FetchMachine & Pick<Machine, "progress">,
  records: Records,
): Promise<void> {
  const { ledger, store } = records;
  for (const { model, candidate: planned } of plan.models) {
    const sealed = evidence.get(model);
    if (!sealed || !isComplete(sealed)) continue;
    const run = await fetchRun(model, planned, machine, records);
    for (const file of sealed.trainings.flatMap((training) => training.model?.files ?? []))
      await store.put(file.digest, join(run.modelFolder, file.path));
    const folder = await machine.files.makeTemporaryFolder("assay-predictions-");
    if (await machine.jobFiles.fetch(predictionsFilesName(model), folder))
      for (const { candidate } of sealed.evaluations)
        if (candidate) await store.put(candidate.predictions, join(folder, `${shortDigest(candidate.predictions, 64)}.csv`));
    await ledger.recordEvidence(sealed);
    await machine.files.remove(folder);
    await run.remove();
    machine.progress(`Recorded ${model} ${shortDigest(sealed.inputHash)} as the baseline of what follows`);
  }
}

function isComplete(evidence: Evidence): boolean {
  return (
    evidence.trainings.every(({ outcome }) => outcome === "completed") && evidence.evaluations.some(({ candidate }) => candidate)
  );
}

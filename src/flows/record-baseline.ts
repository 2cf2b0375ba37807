import { join } from "node:path";
import { shortDigest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Plan } from "../plan/plan.ts";
import type { Machine } from "./context.ts";
import { type FetchMachine, fetchRun, type Records } from "./fetch-run.ts";
import { predictionsFile, predictionsFilesName, profileFile, profilesFilesName } from "./job-files.ts";

/**
 * On a protected branch: records the evidence in the ledger and keeps the models and their test predictions where they last.
 * The record comes first: its branch is what the store's release points at. A record whose files are not there yet counts as
 * expired, so that every step may be lost and repeated.
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
    await ledger.recordEvidence(sealed);
    for (const [index, { model: trained }] of sealed.trainings.entries())
      for (const { digest, path, bytes } of trained?.files ?? [])
        if (bytes > 0) await store.put(digest, join(run.modelFolders[index] ?? "", path));
    const folder = await machine.files.makeTemporaryFolder("assay-kept-");
    if (await machine.jobFiles.fetch(predictionsFilesName(model), folder))
      for (const { candidate } of sealed.evaluations)
        for (const digest of candidate?.predictions ?? []) await store.put(digest, join(folder, predictionsFile(digest)));
    if (await machine.jobFiles.fetch(profilesFilesName(model), folder))
      for (const { profile } of sealed.data?.tables ?? [])
        if (profile !== undefined && (await machine.files.exists(join(folder, profileFile(profile)))))
          await store.put(profile, join(folder, profileFile(profile)));
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

import { join } from "node:path";
import type { Digest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { sealEvidence } from "../evidence/seal.ts";
import type { Predictions } from "../scoring/predictions.ts";
import { formatPredictions } from "../scoring/predictions-file.ts";
import type { Machine } from "./context.ts";
import { evidenceFileName, predictionsFile, predictionsFilesName, profileFile, profilesFilesName } from "./job-files.ts";

/** What evidence names and does not hold. */
export interface KeptBeside {
  predictions?: readonly Predictions[];
  /** Of the training tables, as text by its digest. */
  profiles?: ReadonlyMap<Digest, string> | undefined;
}

/** Seals the evidence and keeps it for the jobs that judge it, with the predictions it was made from and its data's profiles. */
export async function keepSealed(
  evidence: Evidence,
  { predictions = [], profiles = new Map() }: KeptBeside,
  machine: Pick<Machine, "files" | "jobFiles" | "now">,
): Promise<Evidence> {
  const { files, jobFiles, now } = machine;
  const sealed = sealEvidence(evidence, now());
  const folder = await files.makeTemporaryFolder("assay-evidence-");
  const evidenceFile = join(folder, evidenceFileName(evidence.model, evidence.inputHash));
  await files.write(evidenceFile, evidenceText(sealed));
  for (const rows of predictions)
    await files.write(join(folder, "predictions", predictionsFile(rows.digest)), formatPredictions(rows));
  await jobFiles.keepFile(evidenceFile);
  for (const [digest, text] of profiles) await files.write(join(folder, "profiles", profileFile(digest)), text);
  if (profiles.size > 0) await jobFiles.keep(profilesFilesName(evidence.model), join(folder, "profiles"));
  if (predictions.length > 0) await jobFiles.keep(predictionsFilesName(evidence.model), join(folder, "predictions"));
  await files.remove(folder);
  return sealed;
}

/** Evidence as it lies in a file: without spaces, since readers take 16 MiB at most. */
export function evidenceText(evidence: Evidence): string {
  return `${JSON.stringify(evidence)}\n`;
}

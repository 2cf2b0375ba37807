import { join } from "node:path";
import type { FileRecord, Training } from "../evidence/evidence.ts";
import { modelDigest } from "../evidence/model-digest.ts";
import type { Files } from "../files/files.ts";
import { modelFormat } from "./model-format.ts";

/** The record of the files in a run's `model/` folder. */
export async function recordModel(files: Files, modelFolder: string): Promise<NonNullable<Training["model"]>> {
  const records: FileRecord[] = [];
  for (const path of await files.list(modelFolder)) records.push({ path, ...(await files.digest(join(modelFolder, path))) });
  return { digest: modelDigest(records), format: modelFormat(records.map(({ path }) => path)), files: records };
}

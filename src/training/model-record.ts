import { join } from "node:path";
import { canonicalJson, digestOf } from "../evidence/digest.ts";
import type { FileRecord, Training } from "../evidence/evidence.ts";
import type { Files } from "../files/files.ts";
import { modelFormat } from "./model-format.ts";

/** The record of the files in a run's `model/` folder. The digest of one file is its own, of several that of their list. */
export async function recordModel(files: Files, modelFolder: string): Promise<NonNullable<Training["model"]>> {
  const records: FileRecord[] = [];
  for (const path of await files.list(modelFolder)) records.push({ path, ...(await files.digest(join(modelFolder, path))) });
  const [first, ...others] = records;
  const digest = first && others.length === 0 ? first.digest : digestOf(canonicalJson(records));
  return { digest, format: modelFormat(records.map(({ path }) => path)), files: records };
}

import { join } from "node:path";
import { UsageError } from "../../src/errors/errors.ts";
import { findForeign } from "../operations/data-folder.ts";

/** Where PGlite keeps its files in the data folder. */
export function databaseFolder(folder: string): string {
  return join(folder, "database");
}

/** The embedded database does not start, or does not do what it is told. */
export async function unusable(folder: string, cause: unknown): Promise<UsageError> {
  const database = databaseFolder(folder);
  const foreign = await findForeign(database);
  if (foreign !== undefined)
    return new UsageError(
      `ASSAY_DATA is ${folder}, and this user may not read and write ${foreign} in it. Give the user that this runs as the whole folder ` +
        "(chown -R), or start it as the user that it belongs to.",
      { cause },
    );
  return new UsageError(
    `ASSAY_DATA is ${folder}, and the embedded database in it does not work: ${wordsOf(cause)}. Unless the disk is full, it is damaged: ` +
      `move ${database} away and start again. What it held is found again on GitHub, but for what docs/app.md names under Backups.`,
    { cause },
  );
}

/** A file system's error of PGlite has a number and hardly a word, and is not always an error. */
function wordsOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null) return String(cause);
  const message = cause instanceof Error ? cause.message.split(". ")[0] : undefined;
  const name = message || ("name" in cause ? String(cause.name) : "no word of it");
  return "errno" in cause ? `${name} (error ${cause.errno})` : name;
}

import { join } from "node:path";
import { UsageError } from "../../src/errors/errors.ts";

/** Where PGlite keeps its files in the data folder. */
export function databaseFolder(folder: string): string {
  return join(folder, "database");
}

/** The embedded database does not start, or does not do what it is told. */
export function damaged(folder: string, cause: unknown): UsageError {
  // A file system's error of PGlite has a number, and hardly a word.
  const number = cause instanceof Error && "errno" in cause ? ` (error ${cause.errno})` : "";
  const why = cause instanceof Error ? `${cause.message.split(". ")[0] || cause.name}${number}` : String(cause);
  return new UsageError(
    `ASSAY_DATA is ${folder}, and the embedded database in it does not work: ${why}. Unless the disk is full, it is damaged: move ` +
      `${databaseFolder(folder)} away and start again. What it held is found again on GitHub, but for what docs/app.md names under Backups.`,
    { cause },
  );
}

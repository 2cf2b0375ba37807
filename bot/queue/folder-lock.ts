import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../src/errors/errors.ts";
import { expectWritable, reasonOf } from "../operations/data-folder.ts";

/** What SQLite says of a file that somebody else has locked. */
const busy = 5;

/**
 * One process at a time may have an embedded database open, or it is destroyed. The lock is the file system's, taken through SQLite on a
 * file that stays empty: of many that try at once one gets it, and however the process ends, the system lets go of it.
 * @returns releases it
 * @throws UsageError when another process has the folder
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "in-use.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    // A file that cannot be written to SQLite opens for reading, which locks nobody out.
    expectWritable(file);
    lock.exec("begin exclusive");
    return lock.close.bind(lock);
  } catch (cause) {
    lock?.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === busy)
      throw new UsageError(
        `${folder} is in use by another process, and an embedded database can have only one. Stop the other one, give this one a folder ` +
          "of its own (ASSAY_DATA), or let both use one PostgreSQL (DATABASE_URL).",
      );
    throw new UsageError(
      `ASSAY_DATA is ${folder}, which cannot be locked: ${reasonOf(cause)}. Its disk has to know locks of files, and ${file} has to be ` +
        "an empty file of the user that this runs as: remove it if it is anything else.",
      { cause },
    );
  }
}

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../src/errors/errors.ts";

/** What SQLite says of a file that somebody else has locked. */
const busy = 5;

/**
 * One process at a time may have an embedded database open, or it is destroyed. The lock is the file system's, taken through SQLite on a
 * file that stays empty: of many that try at once one gets it, and however the process ends, the system lets go of it.
 * @returns releases it
 * @throws UsageError when another process has the folder
 */
export function lockFolder(folder: string): () => void {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, "in-use.lock"), { timeout: 0 });
    lock.exec("begin exclusive");
    return lock.close.bind(lock);
  } catch (cause) {
    lock?.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === busy)
      throw new UsageError(
        `${folder} is in use by another process, and an embedded database can have only one. Stop the other one, give this one a folder ` +
          "of its own (ASSAY_DATA), or let both use one PostgreSQL (DATABASE_URL).",
      );
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `ASSAY_DATA is ${folder}, which cannot be locked: ${why}. It has to be on a disk that knows locks of files.`,
      {
        cause,
      },
    );
  }
}

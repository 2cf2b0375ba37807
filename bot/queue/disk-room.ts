import { UsageError } from "../../src/errors/errors.ts";
import type { Files } from "../../src/files/files.ts";

/** PostgreSQL writes ahead in files of 16 MiB, and PGlite stands still where there is no room for the next. */
const neededBytes = 64 * 1024 * 1024;
/** The disk is asked at most this often. */
const heldMs = 1_000;

/**
 * Asked before each statement of an embedded store.
 * @param freeBytes of the disk that the folder is on
 * @throws UsageError while the disk is too full to go on
 */
export function diskRoom(folder: string, freeBytes: Files["freeBytes"], now = Date.now): () => Promise<void> {
  let asked: { at: number; bytes: Promise<number> } | undefined;
  return async () => {
    if (!asked || now() - asked.at >= heldMs) asked = { at: now(), bytes: freeBytes(folder) };
    const bytes = await asked.bytes;
    if (bytes >= neededBytes) return;
    throw new UsageError(
      `The disk of ${folder} has ${Math.floor(bytes / 1024 / 1024)} MiB left, and the app's store needs ${neededBytes / 1024 / 1024}. Make room: it goes on by itself.`,
    );
  };
}

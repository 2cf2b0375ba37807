import { rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { UsageError } from "../../src/errors/errors.ts";

/**
 * One process at a time may have an embedded database open, or it is destroyed. A listening socket is the lock: however the process
 * ends, the system lets go of it, and a process identifier that was given out again cannot be mistaken for its owner.
 * @returns releases it
 * @throws UsageError when another process has the folder
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "in-use.sock");
  if (await answers(path))
    throw new UsageError(
      `${folder} is in use by another process, and an embedded database can have only one. Stop the other one, give this one a folder ` +
        "of its own (ASSAY_DATA), or let both use one PostgreSQL (DATABASE_URL).",
    );
  await rm(path, { force: true });
  const server = createServer((socket) => socket.destroy());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new UsageError(`${folder} cannot be locked: ${cause.message}. It has to be a local folder with a short path.`, { cause }),
      ),
    );
    server.listen(path, resolve);
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

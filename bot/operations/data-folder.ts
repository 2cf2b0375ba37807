import { randomUUID } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { access, lstat, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "../../src/errors/errors.ts";

/** Makes the folder where there is none, and sees that it can be written to. @throws UsageError */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await make(folder);
    const trial = join(folder, `.trial-${randomUUID()}`);
    await writeFile(trial, "", { flag: "wx" });
    await rm(trial);
  } catch (cause) {
    throw new UsageError(
      `ASSAY_DATA is ${folder}, which cannot be written to: ${reasonOf(cause)}. It has to be a folder that lasts, of the user that ` +
        "this runs as. Name another one, or give that user this one.",
      { cause },
    );
  }
}

/** One level after the other: Node's own way never ends where the system says of a parent that is there that it is not, as in /proc. */
async function make(folder: string): Promise<void> {
  const parent = dirname(folder);
  try {
    await makeOne(folder);
  } catch (error) {
    if (parent === folder || !(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    await make(parent);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is a file`);
  }
}

/** @throws where this user may not write to the file */
export function expectWritable(file: string): void {
  accessSync(file, constants.W_OK);
}

/** What this user may not read and write, the path itself or something below it; undefined: nothing. */
export async function findForeign(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) return undefined;
    await access(path, constants.R_OK | constants.W_OK | (found.isDirectory() ? constants.X_OK : 0));
    for (const name of found.isDirectory() ? await readdir(path) : []) {
      const foreign = await findForeign(join(path, name));
      if (foreign !== undefined) return foreign;
    }
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error && refusals.includes(error.code) ? path : undefined;
  }
}

const refusals: readonly unknown[] = ["EACCES", "EPERM", "EROFS"];

/** As the system says it, without the path of a trial. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/, \w+ '.*'$/s, "") : String(cause);
}

import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
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

/** As the system says it, without the path of a trial. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/, \w+ '.*'$/s, "") : String(cause);
}

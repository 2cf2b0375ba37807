import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileSides } from "./git.ts";
import type { RunGit } from "./run-git.ts";

/** The text with the changes of both sides, as a merge writes it; undefined where they conflict, or it is no text. */
export async function mergeFile(run: RunGit, sides: FileSides): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "assay-merge-"));
  try {
    for (const name of ["base", "ours", "theirs"] as const) await writeFile(join(folder, name), sides[name]);
    const { exitCode, stdout } = await run(["merge-file", "-p", "-q", "ours", "base", "theirs"], { cwd: folder });
    return exitCode === 0 ? stdout : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

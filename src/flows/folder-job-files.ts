import { basename, join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { type JobFiles, tooLarge } from "./job-files.ts";

/** Job files as sub-folders of one folder: for the command line, and for the action that does everything in one job. */
export function createFolderJobFiles(files: Files, folder: string): JobFiles {
  async function copyFolder(from: string, to: string): Promise<boolean> {
    const names = (await files.exists(from)) ? await files.list(from) : [];
    for (const name of names) await files.copy(join(from, name), join(to, name));
    return names.length > 0;
  }
  return {
    async keep(name, from) {
      await files.remove(join(folder, name));
      await copyFolder(from, join(folder, name));
    },
    fetch: (name, to) => copyFolder(join(folder, name), to),
    keepFile: (file) => files.copy(file, join(folder, basename(file))),
    async fetchFile(name, to, maxBytes) {
      const stored = await files.stat(join(folder, name));
      if (!stored) return false;
      if (stored.bytes > maxBytes) throw new UsageError(tooLarge(name, stored.bytes, maxBytes));
      await files.copy(join(folder, name), join(to, name));
      return true;
    },
    remove: (name) => files.remove(join(folder, name)),
    unfinishedEvery: 0,
    fetchFrom: async (run, to) => run.artifactName !== undefined && copyFolder(join(folder, run.artifactName), to),
  };
}

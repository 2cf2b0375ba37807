import { join } from "node:path";
import * as z from "zod/mini";
import { MissingDataError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";

/** A native package that an action installs by itself: an npm project with a lock, and what it may consist of. */
export interface PinnedPackage {
  /** As it is imported. */
  name: string;
  /** `package.json` and `package-lock.json` of a project that has it as its only dependency. */
  project: string;
  lock: string;
  /** Of each platform (`linux-x64`) the files to load it, by their path in the project, with their SHA-256 in hex. */
  platforms: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Packages that are pinned, with their folder in `pinned/`. */
export const pinnedFolders = { "@duckdb/node-api": "duckdb", "onnxruntime-node": "onnxruntime" } as const;
export type PinnedName = keyof typeof pinnedFolders;

/** Files of each in its folder; a bundle has them beside it. */
export const pinnedFiles = ["package.json", "package-lock.json", "files.json"] as const;

export function isPinned(name: string): name is PinnedName {
  return Object.hasOwn(pinnedFolders, name);
}

const platformsSchema = z.record(z.string(), z.record(z.string(), z.string().check(z.regex(/^[0-9a-f]{64}$/))));

/** What this release of Assay has pinned. */
export async function readPinned(name: PinnedName, files: Files): Promise<PinnedPackage> {
  const [project, lock, list] = await Promise.all(pinnedFiles.map((file) => readBeside(`pinned/${pinnedFolders[name]}/${file}`)));
  return { name, project: project ?? "", lock: lock ?? "", platforms: platformsSchema.parse(JSON.parse(list ?? "")) };

  async function readBeside(path: string): Promise<string> {
    const text = await files.readText(join(import.meta.dirname, path));
    if (text === undefined)
      throw new MissingDataError(`This installation of Assay is not whole: it lacks ${path}. Use a release of it.`);
    return text;
  }
}

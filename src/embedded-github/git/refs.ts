import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { ApiError } from "../api-error.ts";
import { objectId } from "./objects.ts";
import type { GitRepository } from "./repository.ts";

export function isRefName(name: string): boolean {
  return /^(?!-)(?!.*\.\.)(?!.*@\{)(?!.*\/\/)[^\s~^:?*[\\]+(?<!\.lock)(?<![./])$/.test(name);
}

/** The object that a full name such as `refs/tags/v1` points to; undefined when there is none. */
export async function readRef({ folder }: GitRepository, ref: string): Promise<string | undefined> {
  if (!ref.startsWith("refs/") || !isRefName(ref)) return undefined;
  const loose = (await read(join(folder, ref))).trim();
  if (objectId.test(loose)) return loose;
  const packed = (await read(join(folder, "packed-refs"))).split("\n").find((line) => line.slice(41) === ref);
  return packed?.slice(0, 40);
}

/** Full names of the refs that begin like that, sorted. */
export async function listRefs({ folder }: GitRepository, prefix: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, "refs"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"));
  const loose = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const packed = (await read(join(folder, "packed-refs"))).split("\n").map((line) => line.slice(41));
  return [...new Set([...loose, ...packed])].filter((ref) => ref !== "" && ref.startsWith(prefix)).sort();
}

/** The default branch's. */
export async function readHead(git: GitRepository): Promise<string | undefined> {
  return readRef(git, (await read(join(git.folder, "HEAD"))).trim().replace("ref: ", ""));
}

export async function isEmpty({ folder }: GitRepository): Promise<boolean> {
  const refs = await readdir(join(folder, "refs"), { recursive: true, withFileTypes: true });
  return !refs.some((entry) => entry.isFile()) && (await read(join(folder, "packed-refs"))) === "";
}

/**
 * Moves the ref only if it still is at `from` (undefined: does not exist), with the lock file that git itself respects.
 * Throws 409 when it moved.
 */
export async function moveRef(git: GitRepository, ref: string, to: string, from: string | undefined): Promise<void> {
  await whileLocked(git, ref, async (write) => {
    if ((await readRef(git, ref)) !== from) throw new ApiError(409, `${ref} is not at ${from ?? "none"} any more`);
    await write(to);
  });
}

export async function setRef(git: GitRepository, ref: string, to: string): Promise<void> {
  await whileLocked(git, ref, (write) => write(to));
}

async function whileLocked(
  git: GitRepository,
  ref: string,
  work: (write: (sha: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const file = join(git.folder, ref);
  const lock = `${file}.lock`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(lock, "", { flag: "wx" });
  } catch {
    throw refused(ref);
  }
  try {
    await work(async (sha) => {
      await writeFile(lock, `${sha}\n`);
      await rename(lock, file).catch(() => {
        throw refused(ref);
      });
    });
  } finally {
    await rm(lock, { force: true });
  }
}

function refused(ref: string): ApiError {
  return new ApiError(409, `Unable to lock ${ref}: it is being changed, or its name and a ref's are part of each other`);
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

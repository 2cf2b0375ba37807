import { createHash, randomBytes } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import {
  access,
  constants,
  copyFile,
  lstat,
  mkdir,
  open,
  opendir,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Files } from "./files.ts";

const defaultMaxBytes = 64 * 1024 * 1024;
/** A folder with more files than this is not one that Assay lists. */
const maxListed = 1_000_000;

export interface NodeFilesOptions {
  /** Where temporary folders are made; default: the system's temp folder. */
  temporaryFolder?: string | undefined;
  /** SIGINT and its like remove the temporary folders that are left and end the process: for programs that do not listen themselves. */
  cleansUpOnSignal?: boolean | undefined;
}

/** The file system of this machine. */
export function createNodeFiles(options: NodeFilesOptions = {}): Files {
  const left = new Set<string>();
  if (options.cleansUpOnSignal) cleanUpOnSignal(left);
  return {
    async readText(path, maxBytes) {
      return (await readBytes(path, maxBytes))?.toString("utf8");
    },
    readBytes,
    readPart,
    async readLink(path) {
      const found = await undefinedWhenMissing(path, lstat(path));
      return found?.isSymbolicLink() ? readlink(path) : undefined;
    },
    write,
    async copy(from, to) {
      await mkdir(dirname(to), { recursive: true });
      await copyFile(from, to);
    },
    async exists(path) {
      return (await statOrUndefined(path)) !== undefined;
    },
    list,
    entries,
    digest,
    md5,
    async stat(path) {
      const found = await statOrUndefined(path);
      return found && { bytes: Number(found.size), modifiedNs: found.mtimeNs, isFolder: found.isDirectory() };
    },
    async freeBytes(path) {
      const { bavail, bsize } = await statfs(path);
      return bavail * bsize;
    },
    mayWrite,
    async makeFolder(path) {
      await mkdir(path, { recursive: true });
    },
    async makeTemporaryFolder(prefix) {
      const parent = options.temporaryFolder ?? tmpdir();
      await mkdir(parent, { recursive: true });
      // At once: a signal that comes between the two would leave it.
      const folder = mkdtempSync(join(parent, prefix));
      left.add(folder);
      return folder;
    },
    async remove(path) {
      await rm(path, { recursive: true, force: true });
      left.delete(path);
    },
  };
}

/** A signal ends Node without any `finally`. */
function cleanUpOnSignal(folders: ReadonlySet<string>): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      for (const folder of folders) {
        try {
          // Another thread may still write there.
          rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
        } catch {
          // Windows removes no file that is open.
        }
      }
      process.kill(process.pid, signal);
    });
}

async function mayWrite(folder: string): Promise<boolean> {
  const found = await statOrUndefined(folder);
  if (!found && dirname(folder) !== folder) return mayWrite(dirname(folder));
  if (!found?.isDirectory()) return false;
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function readBytes(path: string, maxBytes = defaultMaxBytes): Promise<Buffer | undefined> {
  const file = await undefinedWhenMissing(path, open(path, "r"));
  if (!file) return undefined;
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw new UsageError(`${path} is a folder, but a file was expected.`);
    if (found.size > maxBytes) throw tooLarge(path, found.size, maxBytes);
    // The size of a pipe or of a file that still grows is not known beforehand.
    const content = Buffer.alloc(Math.min(found.isFile() ? found.size : maxBytes, maxBytes) + 1);
    let length = 0;
    while (length < content.length) {
      const { bytesRead } = await file.read(content, length, content.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > maxBytes) throw tooLarge(path, length, maxBytes);
    return content.subarray(0, length);
  } finally {
    await file.close();
  }
}

async function readPart(path: string, from: number, maxBytes: number): Promise<Buffer> {
  const file = await undefinedWhenMissing(path, open(path, "r"));
  if (!file) return Buffer.alloc(0);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function tooLarge(path: string, bytes: number, maxBytes: number): UsageError {
  return new UsageError(`${path} has at least ${bytes} bytes; at most ${maxBytes} can be read here. Make the file smaller.`);
}

/** A reader sees the old content or the new, never a part. */
async function write(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, content, { flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    // What went wrong first is told.
    await rm(beside, { force: true }).catch(() => undefined);
    const because = error instanceof Error && "code" in error ? unwritable.get(String(error.code)) : undefined;
    throw because === undefined
      ? error
      : new UsageError(`${path} cannot be written: ${because}. Name another path, or mend this one.`, { cause: error });
  }
}

/** What is wrong with a path, or with its place, and not with us. */
const unwritable: ReadonlyMap<string, string> = new Map([
  ["EISDIR", "it is a folder"],
  ["ENOENT", "its folder cannot be made"],
  ["ENOTDIR", "a part of its path is a file"],
  ["EEXIST", "a part of its path is a file"],
  ["EACCES", "this user may not write there"],
  ["EPERM", "this user may not write there"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space is left"],
  ["ENAMETOOLONG", "its name is too long"],
]);

async function list(folder: string, { linkedFiles = false, links = false } = {}): Promise<readonly string[]> {
  const found: string[] = [];
  const pending = [""];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = posix.join(below, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() || (links && entry.isSymbolicLink())) found.push(path);
      else if (linkedFiles && entry.isSymbolicLink() && (await statOrUndefined(join(folder, path)))?.isFile()) found.push(path);
      if (found.length > maxListed)
        throw new UsageError(`${folder} holds more than ${maxListed} files, which is the limit here.`);
    }
  }
  return found.sort();
}

async function entries(folder: string, limit: number): Promise<readonly { name: string; isFolder: boolean }[]> {
  const found: { name: string; isFolder: boolean }[] = [];
  // Leaving the loop closes the folder.
  for await (const entry of (await undefinedWhenMissing(folder, opendir(folder, { bufferSize: 256 }))) ?? []) {
    if (found.length === limit) break;
    if (entry.isFile() || entry.isDirectory()) found.push({ name: entry.name, isFolder: entry.isDirectory() });
  }
  return found;
}

async function digest(path: string): Promise<{ digest: `sha256:${string}`; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { digest: `sha256:${hash.digest("hex")}`, bytes };
}

async function md5(path: string): Promise<string> {
  const hash = createHash("md5");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest("hex");
}

function statOrUndefined(path: string) {
  return undefinedWhenMissing(path, stat(path, { bigint: true }));
}

/** Where no file can be, there is none: below a file, behind links that lead in a circle, under a name that is too long. */
const missing = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);

async function undefinedWhenMissing<T>(path: string, pending: Promise<T>): Promise<T | undefined> {
  try {
    return await pending;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (missing.has(code)) return undefined;
    if (code !== "EACCES" && code !== "EPERM") throw error;
    throw new UsageError(`${path} cannot be read: this user may not. Change its permissions, or run as a user who may.`, {
      cause: error,
    });
  }
}

import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { runGit } from "./program.ts";

export interface GitObject {
  type: string;
  bytes: Buffer;
}

/** Blobs, trees, commits and tags of a repository, by id. Loose ones are read and written here: starting git takes longer than all else. */
export interface GitObjects {
  read(sha: string): Promise<GitObject | undefined>;
  /** @returns its id */
  write(type: "blob" | "tree" | "commit" | "tag", bytes: Buffer): Promise<string>;
}

export const objectId = /^[0-9a-f]{40}$/;

/** Objects never change, and those up to this size are read once. */
const keptBytes = 1024 * 1024;

export function openObjects(folder: string): GitObjects {
  const known = new Map<string, GitObject>();
  const keep = (sha: string, object: GitObject) => {
    if (object.bytes.length <= keptBytes) known.set(sha, object);
  };
  const fileOf = (sha: string) => join(folder, "objects", sha.slice(0, 2), sha.slice(2));
  return {
    async read(sha) {
      const kept = known.get(sha);
      if (kept) return kept;
      if (!objectId.test(sha)) return undefined;
      const loose = await readFile(fileOf(sha)).catch(() => undefined);
      const object = loose ? parseLoose(inflateSync(loose)) : await readPacked(folder, sha);
      if (object) keep(sha, object);
      return object;
    },
    async write(type, bytes) {
      const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
      const sha = createHash("sha1").update(whole).digest("hex");
      const file = fileOf(sha);
      await mkdir(dirname(file), { recursive: true });
      const draft = join(dirname(file), `tmp_obj_${randomUUID()}`);
      await writeFile(draft, deflateSync(whole, { level: 1 }), { mode: 0o444 });
      await rename(draft, file);
      keep(sha, { type, bytes });
      return sha;
    },
  };
}

/** `type size`, a zero byte, the content. */
function parseLoose(whole: Buffer): GitObject {
  const end = whole.indexOf(0);
  const [type = ""] = whole.toString("latin1", 0, end).split(" ");
  return { type, bytes: whole.subarray(end + 1) };
}

/** `id type size`, a newline, the content, a newline; or `id missing`. */
async function readPacked(folder: string, sha: string): Promise<GitObject | undefined> {
  const output = await runGit(["cat-file", "--batch"], { cwd: folder, input: `${sha}\n` });
  const end = output.indexOf("\n");
  const [, type = "", size] = output.toString("latin1", 0, end).split(" ");
  return size === undefined ? undefined : { type, bytes: output.subarray(end + 1, end + 1 + Number(size)) };
}

export async function readBlob({ objects }: { objects: GitObjects }, sha: string): Promise<Buffer> {
  const blob = await objects.read(sha);
  if (!blob) throw new Error(`There is no blob ${sha}.`);
  return blob.bytes;
}

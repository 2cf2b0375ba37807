import { ApiError } from "../api-error.ts";
import { readCommit } from "./commits.ts";
import type { GitRepository } from "./repository.ts";

export interface TreeEntry {
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
  /** Of a blob. */
  size: number | undefined;
  path: string;
}

/** The tree of a commit, or the tree itself; undefined when there is none. */
export async function resolveTree(git: GitRepository, sha: string): Promise<string | undefined> {
  const type = (await git.objects.read(sha))?.type;
  if (type === "commit") return (await readCommit(git, sha)).tree;
  return type === "tree" ? sha : undefined;
}

/** @param recursive with the trees on the way */
export async function listTree(git: GitRepository, tree: string, recursive: boolean): Promise<readonly TreeEntry[]> {
  const output = await git.run(["ls-tree", "-z", "-l", ...(recursive ? ["-r", "-t"] : []), tree]);
  // Lines of mode, type, id, size or `-`, a tab, the path.
  const lines = output
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "");
  return lines.map((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", , sha = "", size = ""] = line.slice(0, tab).split(/\s+/);
    return { mode, type: typeOf(mode), sha, size: size === "-" ? undefined : Number(size), path: line.slice(tab + 1) };
  });
}

/** What lies at a path of a commit; the root is the empty path. */
export async function findEntry(git: GitRepository, commit: string, path: string): Promise<TreeEntry | undefined> {
  let sha = await resolveTree(git, commit);
  let mode = folderMode;
  for (const part of path === "" ? [] : path.split("/")) {
    const found = sha !== undefined && mode === folderMode ? (await readTree(git, sha)).get(latin1(part)) : undefined;
    if (!found) return undefined;
    ({ sha, mode } = found);
  }
  if (sha === undefined) return undefined;
  const type = typeOf(mode);
  const size = type === "blob" ? (await git.objects.read(sha))?.bytes.length : undefined;
  return { mode: mode.padStart(6, "0"), type, sha, size, path };
}

export interface TreeChange {
  path: string;
  mode: string;
  /** Undefined removes the path. */
  sha: string | undefined;
}

/** The tree of `base` (a commit or a tree; none: empty) with the changes. */
export async function writeTree(git: GitRepository, base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
  const tree = base === undefined ? undefined : await resolveTree(git, base);
  const root: Folder = tree === undefined ? new Map() : await readTree(git, tree);
  for (const { path, mode, sha } of changes) {
    const parts = path.split("/").map(latin1);
    if (parts.some((part) => ["", ".", "..", ".git"].includes(part)))
      throw new ApiError(422, "tree.path contains a malformed path component");
    await change(git, root, parts, sha === undefined ? undefined : { mode, sha });
  }
  return (await writeFolder(git, root)) ?? git.objects.write("tree", Buffer.alloc(0));
}

/** By name; names are bytes, here as Latin-1. */
type Folder = Map<string, Entry | Folder>;

interface Entry {
  /** Without zeros before it. */
  mode: string;
  sha: string;
}

const folderMode = "40000";

function typeOf(mode: string): TreeEntry["type"] {
  if (mode.endsWith(folderMode)) return "tree";
  return mode === "160000" ? "commit" : "blob";
}

function latin1(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** Entries of mode, a space, the name, a zero byte, and the 20 bytes of the id. */
async function readTree(git: GitRepository, sha: string): Promise<Map<string, Entry>> {
  const bytes = (await git.objects.read(sha))?.bytes ?? Buffer.alloc(0);
  const entries = new Map<string, Entry>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(" ", at);
    const end = bytes.indexOf(0, space);
    const entry = { mode: bytes.toString("latin1", at, space), sha: bytes.toString("hex", end + 1, end + 21) };
    entries.set(bytes.toString("latin1", space + 1, end), entry);
    at = end + 21;
  }
  return entries;
}

async function change(git: GitRepository, folder: Folder, parts: readonly string[], entry: Entry | undefined): Promise<void> {
  const [name = "", ...rest] = parts;
  if (rest.length === 0) {
    if (entry) folder.set(name, entry);
    else folder.delete(name);
    return;
  }
  const there = folder.get(name);
  const inside = there instanceof Map ? there : there?.mode === folderMode ? await readTree(git, there.sha) : new Map();
  folder.set(name, inside);
  await change(git, inside, rest, entry);
}

/** Undefined when it is empty: there are no empty folders in git. */
async function writeFolder(git: GitRepository, folder: Folder): Promise<string | undefined> {
  const entries: { name: string; mode: string; sha: string }[] = [];
  for (const [name, entry] of folder) {
    const sha = entry instanceof Map ? await writeFolder(git, entry) : entry.sha;
    if (sha !== undefined) entries.push({ name, mode: entry instanceof Map ? folderMode : entry.mode, sha });
  }
  if (entries.length === 0) return undefined;
  // Git sorts a folder as if its name ended with a slash.
  const key = ({ name, mode }: { name: string; mode: string }) => (mode === folderMode ? `${name}/` : name);
  entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const lines = entries.map(({ name, mode, sha }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(sha, "hex")]),
  );
  return git.objects.write("tree", Buffer.concat(lines));
}

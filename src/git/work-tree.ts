import { createHash } from "node:crypto";
import { lstat, readlink } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { TreeEntry, WorkTreeChange, WorkTreeStatus } from "./git.ts";
import { gitOutput, type RunGit } from "./run-git.ts";

const link = "120000";
const submodule = "160000";

/** One `git status`: what differs from HEAD, in the index or on the disk, files that git does not track left aside. */
export async function readStatus(run: RunGit, paths: readonly string[] = []): Promise<WorkTreeStatus> {
  const output = await gitOutput(run, [
    "status",
    "--porcelain=v2",
    "--branch",
    "-z",
    "--no-renames",
    "--no-ahead-behind",
    "--untracked-files=no",
    "--ignore-submodules=none",
    ...(paths.length > 0 && !paths.includes(".") ? ["--", ...paths] : []),
  ]);
  return parseStatus(output.toString("utf8"));
}

/** Format: https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
function parseStatus(output: string): WorkTreeStatus {
  let head: string | undefined;
  // A file that left the index and is still there comes twice: deleted and untracked. The later record holds.
  const changes = new Map<string, WorkTreeChange>();
  for (const record of output.split("\0")) {
    if (record.startsWith("# branch.oid ")) head = /[0-9a-f]{40,64}$/.exec(record)?.[0];
    const change = parseChange(record);
    if (change) changes.set(change.path, change);
  }
  return { head, changes: [...changes.values()] };
}

function parseChange(record: string): WorkTreeChange | undefined {
  if (record.startsWith("? ")) {
    const path = record.slice(2);
    // Another repository inside this one is no content of this one.
    return path.endsWith("/") ? undefined : { kind: "changed", path, mode: undefined, id: undefined, submodule: false };
  }
  if (record.startsWith("u ")) {
    const path = /^u(?: [^ ]+){9} (.*)$/s.exec(record)?.[1] ?? record;
    throw new UsageError(`${path} has merge conflicts. Resolve them and \`git add\` the file, then plan again.`);
  }
  const parts = /^1 (.)(.) (....) \d+ (\d+) (\d+) [0-9a-f]+ ([0-9a-f]+) (.*)$/s.exec(record);
  if (!parts) return undefined;
  const [, index, disk, sub = "", indexMode = "", diskMode = "", indexId = "", path = ""] = parts;
  if (disk === "D" || (disk === "." && index === "D")) return { kind: "deleted", path };
  if (sub.startsWith("S")) return { kind: "changed", path, mode: submodule, id: undefined, submodule: true };
  return disk === "."
    ? { kind: "changed", path, mode: indexMode, id: indexId, submodule: false }
    : { kind: "changed", path, mode: diskMode, id: undefined, submodule: false };
}

/** Content ids of what changed; undefined for what was deleted. Files are hashed as `git add` would, but nothing is stored. */
export async function hashChanges(
  run: RunGit,
  root: string,
  changes: readonly WorkTreeChange[],
  idLength: number,
): Promise<Map<string, TreeEntry | undefined>> {
  const entries = new Map<string, TreeEntry | undefined>();
  const files: { path: string; mode: string }[] = [];
  for (const change of changes) {
    const { path } = change;
    if (change.kind === "deleted") entries.set(path, undefined);
    else if (change.submodule) entries.set(path, { path, mode: submodule, id: await submoduleId(run, root, path) });
    else if (change.id !== undefined && change.mode !== undefined) entries.set(path, { path, mode: change.mode, id: change.id });
    else {
      const mode = change.mode ?? (await modeOf(join(root, path)));
      if (mode === link) entries.set(path, { path, mode, id: blobId(await readlink(join(root, path)), idLength) });
      else files.push({ path, mode });
    }
  }
  const ids = await hashFiles(run, root, files);
  for (const [index, { path, mode }] of files.entries()) entries.set(path, { path, mode, id: ids[index] ?? "" });
  return entries;
}

/** As bytes they may be what their blob is, or be converted when checked out: line ends, filters, an encoding. */
export async function findDiffering(run: RunGit, folder: string, entries: readonly TreeEntry[]): Promise<readonly TreeEntry[]> {
  let differing = entries;
  for (const how of [["--no-filters"], []]) {
    const ids = await hashFiles(run, folder, differing, how);
    differing = differing.filter(({ id }, index) => id !== ids[index]);
  }
  return differing;
}

/** Blob ids, of each file in turn. */
async function hashFiles(
  run: RunGit,
  cwd: string,
  files: readonly { path: string }[],
  how: readonly string[] = [],
): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const input = files.map(({ path }) => `${quoted(path)}\n`).join("");
  return (await gitOutput(run, ["hash-object", "--stdin-paths", ...how], { input, cwd })).toString("utf8").split("\n");
}

async function modeOf(path: string): Promise<string> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return link;
  return found.mode & 0o100 ? "100755" : "100644";
}

/** Commit that the submodule's own work tree is at; content that is not committed there has no id, so it says so. */
async function submoduleId(run: RunGit, root: string, path: string): Promise<string> {
  const cwd = join(root, path);
  const head = (await gitOutput(run, ["rev-parse", "HEAD"], { cwd })).toString("utf8").trim();
  const { stdout } = await run(["status", "--porcelain", "-z"], { cwd });
  return stdout.length === 0 ? head : `${head}-modified`;
}

function blobId(content: string, idLength: number): string {
  const bytes = Buffer.from(content);
  return createHash(idLength === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

/** `--stdin-paths` reads lines, and unquotes those that start with a quote. */
function quoted(path: string): string {
  if (!/["\n\\]/.test(path)) return path;
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

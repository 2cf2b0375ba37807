import { existsSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors/errors.ts";
import type { Processes } from "../processes/processes.ts";
import { readBlobs } from "./blobs.ts";
import { defaultBranch } from "./default-branch.ts";
import { fetchCommit, fetchTags } from "./fetch.ts";
import type { Git, WorkTreeStatus } from "./git.ts";
import { currentBranch, isShallow, listChanges, mergeBase, readParents, resolveCommit } from "./history.ts";
import { checkOutFetched, pullLfs } from "./lfs.ts";
import { below, formatListing, parseListing, parseTreeDiff, patchListing } from "./listing.ts";
import { mergeFile } from "./merge-file.ts";
import { openObjects } from "./objects.ts";
import { createConverseWithGit, createRunGit, gitOutput, lastLines, type RunGit } from "./run-git.ts";
import { listTags, taggedSince } from "./tags.ts";
import { findDiffering, hashChanges, readStatus } from "./work-tree.ts";

/** More than this on a command line and git is asked for everything. */
const maxArgumentCharacters = 60_000;

/**
 * The repository that `folder` lies in, by the `git` program.
 * @throws UsageError when git is missing, or there is no repository with a work tree
 */
export async function createCommandGit(
  folder: string,
  processes: Processes,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Git> {
  const found = findRoot(folder, createRunGit(folder, processes, environment));
  const objects = openObjects(createConverseWithGit(folder, processes, environment));
  const root = await found;
  const run = createRunGit(root, processes, environment);

  const listTreeRaw = (commit: string, paths: readonly string[] = []) => listTree(run, commit, paths);
  const listWorkTreeRaw = async (paths: readonly string[] = [], known?: WorkTreeStatus) => {
    const status = known ?? (await readStatus(run));
    const committed = status.head ? await listTreeRaw(status.head, paths) : Buffer.alloc(0);
    const wanted = below(paths);
    const changes = status.changes.filter(({ path }) => wanted(path));
    return changes.length === 0
      ? committed
      : patchListing(committed, await hashChanges(run, root, changes, status.head?.length ?? 40));
  };

  return {
    root,
    resolve: (revision) => resolveCommit(objects, revision),
    parents: (commit) => readParents(objects, commit),
    mergeBase: (a, b) => mergeBase(run, a, b),
    listTreeRaw,
    diffTrees: async (from, to) =>
      parseTreeDiff(await gitOutput(run, ["diff-tree", "-r", "-z", "--no-renames", "--end-of-options", from, to])),
    hashChanges: async (changes) => hashChanges(run, root, changes, (await resolveCommit(objects, "HEAD"))?.length ?? 40),
    findDiffering: (at, entries) => findDiffering(run, at, entries),
    status: (paths) => readStatus(run, paths),
    listWorkTreeRaw,
    read: async (commit, path) => (await readBlobs(run, objects, commit, [path], undefined)).get(path),
    readMany: (commit, paths, maxBytes) => readBlobs(run, objects, commit, paths, maxBytes),
    fetchCommit: (commit, token) => fetchCommit(run, objects, commit, token),
    fetchTags: (token) => fetchTags(run, objects, token),
    pullLfs: (at, paths, limits) => pullLfs(run, at, paths, limits),
    addWorktree: (commit, at) => addWorktree(run, commit, at),
    currentBranch: () => currentBranch(run),
    defaultBranch: () => defaultBranch(run, root),
    isShallow: () => isShallow(run),
    listChanges: (request) => listChanges(run, request),
    listTags: () => listTags(run),
    taggedSince: (commit) => taggedSince(run, commit),
    readTag: (id) => gitOutput(run, ["cat-file", "tag", id]),
    mergeFile: (sides) => mergeFile(run, sides),
  };
}

async function findRoot(folder: string, run: RunGit): Promise<string> {
  // The usual case costs no child process: a clone's top has its repository, or a file that names it, in `.git`.
  if (existsSync(join(folder, ".git", "HEAD")) || statSync(join(folder, ".git"), { throwIfNoEntry: false })?.isFile())
    return realpath(folder);
  const { exitCode, stdout, stderr } = await run(["rev-parse", "--show-toplevel"]);
  if (exitCode === 0) return stdout.toString("utf8").replace(/\r?\n$/, "");
  throw new UsageError(
    `${folder} is not in the work tree of a git repository: ${lastLines(stderr)}. Run this inside a clone, or after \`git init\`.`,
  );
}

async function listTree(run: RunGit, commit: string, paths: readonly string[]): Promise<Buffer> {
  const asked = paths.map((path) => path.replace(/\/+$/, ""));
  const characters = asked.reduce((sum, path) => sum + path.length, 0);
  const everything = asked.includes(".") || characters > maxArgumentCharacters;
  const args = everything ? [] : asked;
  const listing = await gitOutput(run, ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, ...args]);
  if (!everything || asked.includes(".")) return listing;
  const wanted = below(asked);
  return formatListing(parseListing(listing).filter(({ path }) => wanted(path)));
}

async function addWorktree(run: RunGit, commit: string, folder: string): Promise<{ remove(): Promise<void> }> {
  // Not every file that LFS keeps can be had, nor is wanted: what was fetched before is enough here.
  const variables = { GIT_LFS_SKIP_SMUDGE: "1" };
  await gitOutput(run, ["worktree", "add", "--quiet", "--detach", "--force", "--end-of-options", folder, commit], { variables });
  await checkOutFetched(run, folder);
  return {
    async remove() {
      await gitOutput(run, ["worktree", "remove", "--force", "--force", "--end-of-options", folder]);
    },
  };
}

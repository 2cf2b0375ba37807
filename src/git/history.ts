import { MissingDataError } from "../errors/errors.ts";
import type { CommitChanges } from "./git.ts";
import type { Objects } from "./objects.ts";
import { gitOutput, type RunGit } from "./run-git.ts";

const text = (bytes: Buffer) => bytes.toString("utf8").trim();

/** Full id of the commit, or undefined. */
export async function resolveCommit(objects: Objects, revision: string): Promise<string | undefined> {
  // Questions are lines, and no name of a commit has a line break.
  if (/[\n\r\0]/.test(revision)) return undefined;
  const [found] = await objects.describe([`${revision}^{commit}`]);
  return found?.id;
}

/** Read from the object itself, because a shallow clone's history ends before its parents. */
export async function readParents(objects: Objects, commit: string): Promise<readonly string[]> {
  const id = await resolveCommit(objects, commit);
  if (id === undefined) throw new MissingDataError(`Commit ${commit} is not in this clone.`);
  const [content] = await objects.read([id]);
  const object = content?.toString("utf8") ?? "";
  const header = object.slice(0, object.indexOf("\n\n") + 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].flatMap(([, parent]) => parent ?? []);
}

export async function mergeBase(run: RunGit, a: string, b: string): Promise<string | undefined> {
  const { exitCode, stdout } = await run(["merge-base", "--end-of-options", a, b]);
  return exitCode === 0 ? text(stdout).split("\n")[0] : undefined;
}

export async function currentBranch(run: RunGit): Promise<string | undefined> {
  const { exitCode, stdout } = await run(["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return exitCode === 0 ? text(stdout) : undefined;
}

export async function isShallow(run: RunGit): Promise<boolean> {
  return text(await gitOutput(run, ["rev-parse", "--is-shallow-repository"])) === "true";
}

/** As git's first-parent history has it. */
export async function listChanges(
  run: RunGit,
  { from, to, most }: { from?: string | undefined; to: string; most: number },
): Promise<readonly CommitChanges[]> {
  const what = ["--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-only", "-z", "--format=%x00%H"];
  const range = [to, ...(from === undefined ? [] : [`^${from}`])];
  const output = await gitOutput(run, ["log", ...what, `--max-count=${most}`, "--end-of-options", ...range, "--"]);
  const commits: { commit: string; paths: string[] }[] = [];
  let isNext = false;
  for (const part of output.toString("utf8").split("\0")) {
    if (part === "") isNext = true;
    else if (isNext) commits.push({ commit: part, paths: [] });
    else commits.at(-1)?.paths.push(part.replace(/^\n/, ""));
    if (part !== "") isNext = false;
  }
  return commits;
}

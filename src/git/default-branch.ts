import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { currentBranch } from "./history.ts";
import { gitOutput, type RunGit } from "./run-git.ts";

const usualNames = ["main", "master"];

/**
 * The branch that others leave and come back to: what origin calls so, else `main`, `master` or `init.defaultBranch`, else the only
 * other one than the current, which has what that lacks. Undefined when it cannot be told.
 */
export async function defaultBranch(run: RunGit, root: string): Promise<string | undefined> {
  const [, remembered] =
    /^origin\/(.+)/.exec(await said(run, ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"])) ?? [];
  if (remembered !== undefined && usualNames.includes(remembered)) return remembered;
  const [current, isWorkedIn, known] = await Promise.all([currentBranch(run), isOriginWorkedIn(run, root), branchesHere(run)]);
  const believed = (name: string | undefined) => (isWorkedIn && name === current ? undefined : name);
  const told = believed(remembered) ?? usualNames.find((name) => [...known.origin, ...known.local].includes(name));
  if (told !== undefined) return told;

  const origin = await askOrigin(run);
  const asked = believed(origin?.head) ?? usualNames.find((name) => origin?.branches.includes(name));
  if (asked !== undefined) return asked;
  const all = [...new Set([...known.origin, ...known.local, ...(origin?.branches ?? [])])];
  const configured = await said(run, ["config", "--get", "init.defaultBranch"]);
  if (all.includes(configured)) return configured;
  // What origin has besides is not known.
  if (!origin && known.origin.length > 0) return undefined;
  if (all.length === 1) return all[0];
  const [other, ...more] = all.filter((name) => name !== current);
  return other !== undefined && more.length === 0 && (await lacksSomething(run, other)) ? other : undefined;
}

async function branchesHere(run: RunGit): Promise<{ origin: string[]; local: string[] }> {
  const refs = (await gitOutput(run, ["for-each-ref", "--format=%(refname)", "refs/remotes/origin", "refs/heads"])).toString(
    "utf8",
  );
  const origin = namesBelow("refs/remotes/origin/", refs).filter((name) => name !== "HEAD");
  return { origin, local: namesBelow("refs/heads/", refs) };
}

/** By its server, for a clone of a single branch; undefined when there is no origin that answers. */
async function askOrigin(run: RunGit): Promise<{ head: string | undefined; branches: string[] } | undefined> {
  const { exitCode, stdout } = await run(["ls-remote", "--symref", "origin", "HEAD", "refs/heads/*"]);
  if (exitCode !== 0) return undefined;
  const refs = stdout.toString("utf8");
  const [, head] = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(refs) ?? [];
  return { head, branches: namesBelow("refs/heads/", refs.replace(/^.*\t/gm, "")) };
}

function namesBelow(prefix: string, refs: string): string[] {
  return refs.split("\n").flatMap((ref) => (ref.startsWith(prefix) ? ref.slice(prefix.length) : []));
}

/** Of a clone of a folder that somebody works in, HEAD is only what is checked out there. */
async function isOriginWorkedIn(run: RunGit, root: string): Promise<boolean> {
  const url = await said(run, ["config", "--get", "remote.origin.url"]);
  if (url === "") return false;
  return existsSync(join(url.startsWith("file:///") ? fileURLToPath(url) : resolve(root, url), ".git"));
}

/** Whether HEAD has a commit that the branch lacks. */
async function lacksSomething(run: RunGit, branch: string): Promise<boolean> {
  for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`])
    if ((await run(["merge-base", "--is-ancestor", "HEAD", ref])).exitCode === 0) return false;
  return true;
}

/** Empty when git says nothing, or fails. */
async function said(run: RunGit, args: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await run(args);
  return exitCode === 0 ? stdout.toString("utf8").trim() : "";
}

import { GitHubError, UsageError } from "../errors/errors.ts";
import { isShallow } from "./history.ts";
import type { Objects } from "./objects.ts";
import { type GitCall, lastLines, type RunGit } from "./run-git.ts";

const options = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance"];
const objectId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Fetches one commit from `origin`; in a shallow clone without its history, because `--depth` would cut a full one. */
export async function fetchCommit(run: RunGit, objects: Objects, commit: string, token: string | undefined): Promise<void> {
  if (!objectId.test(commit)) throw new UsageError(`"${commit}" is not a full commit id, which is what can be fetched.`);
  const depth = (await isShallow(run)) ? ["--depth=1"] : [];
  await fetchRefs(run, [...depth, "origin", commit], `commit ${commit}`, token);
  objects.forget();
}

/** As `origin` has them: moved ones are moved, and those that went go. */
export async function fetchTags(run: RunGit, objects: Objects, token: string | undefined): Promise<void> {
  await fetchRefs(run, ["--force", "--prune", "origin", "refs/tags/*:refs/tags/*"], "the tags", token);
  objects.forget();
}

async function fetchRefs(run: RunGit, args: readonly string[], what: string, token: string | undefined): Promise<void> {
  const { exitCode, stderr } = await run([...options, ...args], await callWithToken(run, token));
  if (exitCode !== 0) throw refused(what, stderr);
}

function refused(what: string, stderr: string): GitHubError {
  return new GitHubError(`git could not fetch ${what} from origin: ${lastLines(stderr)}`);
}

/**
 * The token goes to origin's own server only. The empty value before it drops a header that actions/checkout left in the
 * configuration: with two of them GitHub refuses.
 */
export async function callWithToken(run: RunGit, token: string | undefined): Promise<GitCall> {
  if (!token) return {};
  const { stdout } = await run(["remote", "get-url", "origin"]);
  const url = URL.parse(stdout.toString("utf8").trim());
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return {};
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  return { secretConfig: `[http "${url.origin}/"]\nextraheader =\nextraheader = AUTHORIZATION: basic ${credentials}\n` };
}

import { ApiError, notFound } from "../api-error.ts";
import { readCommit, resolveCommit } from "../git/commits.ts";
import { diffCommits } from "../git/diff.ts";
import { commitsBetween, commitsThatChanged, isAncestor, mergeBaseOf } from "../git/history.ts";
import { objectId } from "../git/objects.ts";
import { isEmpty } from "../git/refs.ts";
import { type Answer, type Call, paginate, type Route } from "../route.ts";
import type { PullRequest } from "../state.ts";
import { commitView, diffEntry } from "../views/commits.ts";
import { simplePullRequest } from "../views/pull-requests.ts";
import { apiUrl, htmlUrl } from "../views/repositories.ts";

export const commitRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/compare/{basehead+}", anyOf: ["contents:read"], handle: compare },
  { method: "GET", pattern: "/repos/{owner}/{repo}/commits", anyOf: ["contents:read"], handle: listHistory },
  { method: "GET", pattern: "/repos/{owner}/{repo}/commits/{commit}/pulls", anyOf: ["pull-requests:read"], handle: listPulls },
];

/** Newest first, from `sha` (default: the default branch); with `path` only those that changed it. */
async function listHistory(call: Call): Promise<Answer> {
  const { state, repository, url } = call;
  const { git, defaultBranch } = repository;
  if (await isEmpty(git)) throw new ApiError(409, "Git Repository is empty.");
  const from = await resolveCommit(git, url.searchParams.get("sha") ?? defaultBranch);
  if (from === undefined) throw notFound();
  const path = url.searchParams.get("path") ?? "";
  const { page, headers } = paginate(
    call,
    await (path === "" ? commitsBetween(git, undefined, from) : commitsThatChanged(git, path, from)),
  );
  const views = page.map(async (commit) => commitView(state, repository, await readCommit(git, commit)));
  return { status: 200, headers, json: await Promise.all(views) };
}

/** At most 300 files, on the first page, and as many commits as the page asks for, as on GitHub. */
async function compare(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const { git } = repository;
  const [baseName = "", headName = ""] = call.param("basehead").split("...");
  const base = await resolveCommit(git, baseName);
  const head = await resolveCommit(git, headName);
  if (base === undefined || head === undefined) throw notFound();
  const mergeBase = await mergeBaseOf(git, base, head);
  if (mergeBase === undefined) throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = (await commitsBetween(git, base, head)).toReversed();
  const behind = await commitsBetween(git, head, base);
  const status = ahead.length === 0 ? (behind.length === 0 ? "identical" : "behind") : behind.length === 0 ? "ahead" : "diverged";
  const view = async (commit: string) => commitView(state, repository, await readCommit(git, commit));
  const { page, headers } = paginate(call, ahead);
  const commits = [];
  for (const commit of page) commits.push(await view(commit));
  const isFirstPage = ["1", null].includes(call.url.searchParams.get("page"));
  const files = isFirstPage ? (await diffCommits(git, mergeBase, head)).slice(0, 300) : [];
  const name = `${encodeURIComponent(baseName)}...${encodeURIComponent(headName)}`;
  const html = `${htmlUrl(state, repository)}/compare/${name}`;
  return {
    status: 200,
    headers,
    json: {
      url: `${apiUrl(state, repository)}/compare/${name}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: await view(base),
      merge_base_commit: await view(mergeBase),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits,
      files: files.map((file) => diffEntry(state, repository, head, file)),
    },
  };
}

/** The merged pull request that brought the commit to the default branch; for others the open ones that have it. */
async function listPulls(call: Call): Promise<Answer> {
  const { state, repository } = call;
  const { git, defaultBranch } = repository;
  const commit = objectId.test(call.param("commit")) ? await resolveCommit(git, call.param("commit")) : undefined;
  if (commit === undefined) throw new ApiError(422, `No commit found for SHA: ${call.param("commit")}`);
  const pulls = [...state.pullRequests.values()].filter((pull) => pull.repository === repository);
  const tip = await resolveCommit(git, `refs/heads/${defaultBranch}`);
  const onDefault = tip !== undefined && (await isAncestor(git, commit, tip));
  const found: PullRequest[] = [];
  for (const pull of pulls) {
    const merged = pull.mergeCommitSha === commit || pull.mergedCommits.includes(commit);
    if (onDefault ? pull.mergedAt !== null && merged : pull.closedAt === null && (await isPartOf(call, commit, pull)))
      found.push(pull);
  }
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page.map((pull) => simplePullRequest(state, pull)) };
}

async function isPartOf(call: Call, commit: string, pull: PullRequest): Promise<boolean> {
  const { git } = call.repository;
  return (await isAncestor(git, commit, pull.headSha)) && !(await isAncestor(git, commit, pull.baseSha));
}

import { notFound } from "../api-error.ts";
import { changedFiles, countsOf } from "../pull-request-counts.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { PullRequest } from "../state.ts";
import { diffEntry } from "../views/commits.ts";
import { pullRequestView, simplePullRequest } from "../views/pull-requests.ts";

export const pullRequestRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/pulls", anyOf: ["pull-requests:read"], handle: listPullRequests },
  { method: "GET", pattern: "/repos/{owner}/{repo}/pulls/{number}", anyOf: ["pull-requests:read"], handle: getPullRequest },
  { method: "GET", pattern: "/repos/{owner}/{repo}/pulls/{number}/files", anyOf: ["pull-requests:read"], handle: listFiles },
];

export function pullRequestOf(call: Call): PullRequest {
  const pull = call.state.pullRequests.get(idParam(call, "number"));
  if (!pull || pull.repository !== call.repository) throw notFound();
  return pull;
}

/** Newest first. Filters: state (default open), head (`owner:branch`), base, sort by creation, direction. */
async function listPullRequests(call: Call): Promise<Answer> {
  const query = call.url.searchParams;
  const state = query.get("state") ?? "open";
  const found = [...call.state.pullRequests.values()].filter(
    (pull) =>
      pull.repository === call.repository &&
      (state === "all" || (state === "open") === (pull.closedAt === null)) &&
      [null, `${pull.headRepository.owner}:${pull.headRef}`].includes(query.get("head")) &&
      [null, pull.baseRef].includes(query.get("base")),
  );
  if (query.get("direction") !== "asc") found.reverse();
  const { page, headers } = paginate(call, found);
  return { status: 200, headers, json: page.map((pull) => simplePullRequest(call.state, pull)) };
}

async function getPullRequest(call: Call): Promise<Answer> {
  const pull = pullRequestOf(call);
  return { status: 200, json: pullRequestView(call.state, pull, await countsOf(call.state, pull)) };
}

/** At most 3,000 files, as on GitHub. */
async function listFiles(call: Call): Promise<Answer> {
  const pull = pullRequestOf(call);
  const { page, headers } = paginate(call, (await changedFiles(pull)).slice(0, 3000));
  return { status: 200, headers, json: page.map((file) => diffEntry(call.state, call.repository, pull.headSha, file)) };
}

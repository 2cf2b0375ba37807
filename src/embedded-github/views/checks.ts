import type { CheckRun, State } from "../state.ts";
import { appOfSlug } from "./apps.ts";
import { minimalPullRequest } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId } from "./users.ts";

/** GitHub's `check-run`. */
export function checkRunView(state: State, run: CheckRun) {
  const api = apiUrl(state, run.repository);
  const html = `${htmlUrl(state, run.repository)}/runs/${run.id}`;
  const pulls = [...state.pullRequests.values()].filter(
    (pull) => pull.headRepository === run.repository && pull.headSha === run.headSha && pull.closedAt === null,
  );
  return {
    id: run.id,
    node_id: nodeId("CheckRun", run.id),
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId ?? "",
    url: `${api}/check-runs/${run.id}`,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/check-runs/${run.id}/annotations`,
    },
    check_suite: { id: 1 },
    app: appOfSlug(state, run.appSlug),
    pull_requests: pulls.map((pull) => minimalPullRequest(state, pull)),
  };
}

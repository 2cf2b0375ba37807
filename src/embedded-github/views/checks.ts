import { type CheckRun, type State, userOf } from "../state.ts";
import { minimalPullRequest } from "./pull-requests.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

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
    app: appView(state, run.appSlug),
    pull_requests: pulls.map((pull) => minimalPullRequest(state, pull)),
  };
}

/** GitHub's `integration`; the Actions app with its real id. */
function appView(state: State, slug: string) {
  return {
    id: 15368,
    slug,
    node_id: nodeId("App", slug),
    owner: simpleUser(state, userOf(state, "github")),
    name: "GitHub Actions",
    description: "Automate your workflow from idea to production",
    external_url: "https://help.github.com/en/actions",
    html_url: `${state.serverUrl}/apps/${slug}`,
    created_at: "2018-07-30T09:30:17Z",
    updated_at: "2024-04-10T20:33:16Z",
    permissions: { actions: "write", checks: "write", contents: "write", metadata: "read", pull_requests: "write" },
    events: ["check_run", "check_suite", "pull_request", "push"],
  };
}

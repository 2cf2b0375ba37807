import { type Repository, type State, userOf } from "../state.ts";
import { nodeId, simpleUser } from "./users.ts";

export function apiUrl(state: State, repository: Repository): string {
  return `${state.url}/repos/${repository.fullName}`;
}

export function htmlUrl(state: State, repository: Repository): string {
  return `${state.serverUrl}/${repository.fullName}`;
}

const templates: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

/** GitHub's `minimal-repository`. */
export function minimalRepository(state: State, repository: Repository) {
  const url = apiUrl(state, repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: !repository.settings.isPublic,
    owner: simpleUser(state, userOf(state, repository.owner)),
    html_url: htmlUrl(state, repository),
    description: null,
    fork: repository.forkOf !== undefined,
    url,
    ...Object.fromEntries(Object.entries(templates).map(([name, path]) => [name, url + path])),
  };
}

/** GitHub's `full-repository`. */
export function fullRepository(state: State, repository: Repository) {
  return { ...repositoryView(state, repository), network_count: 0, subscribers_count: 0 };
}

/** GitHub's `repository`, as the two sides of a pull request have it. */
export function repositoryView(state: State, repository: Repository) {
  const html = htmlUrl(state, repository);
  return {
    ...minimalRepository(state, repository),
    git_url: `git:${html.replace(/^https?:/, "")}.git`,
    ssh_url: `git@${new URL(state.serverUrl).hostname}:${repository.fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    visibility: repository.settings.isPublic ? "public" : "private",
    topics: [],
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    size: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    pushed_at: repository.createdAt,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

import type { GitHub, Repository } from "../github.ts";
import { type Caller, createApi, type OctokitLike } from "./api.ts";
import { createArtifacts } from "./artifacts.ts";
import { createChecks } from "./checks.ts";
import { createCollaborators } from "./collaborators.ts";
import { createComments } from "./comments.ts";
import { createContents } from "./contents.ts";
import { createDeployments } from "./deployments.ts";
import { createIssues } from "./issues.ts";
import { createPullRequests } from "./pull-requests.ts";
import { createReleases } from "./releases.ts";
import { createRuns } from "./runs.ts";
import { createSettings } from "./settings.ts";
import { createTags } from "./tags.ts";
import { createFetch, isLoopback } from "./transport.ts";

export interface OctokitGitHubOptions {
  owner: string;
  name: string;
  token: string;
  /** Such as `https://api.github.com`, which is the default. */
  apiUrl?: string | undefined;
}

/** A pause that GitHub asks for is waited for when it is short; a job that sleeps for an hour helps nobody. */
const longestPauseSeconds = 60;

/** One repository on GitHub through Octokit: reads are repeated after 5xx, writes are spaced as GitHub asks. */
export async function createOctokitGitHub(options: OctokitGitHubOptions): Promise<GitHub> {
  const { Octokit } = await import("octokit");
  const pause = (retryAfter: number, _options: unknown, _octokit: unknown, retryCount: number) =>
    retryAfter <= longestPauseSeconds && retryCount < 2;
  const apiUrl = (options.apiUrl ?? "https://api.github.com").replace(/\/+$/, "");
  const octokit = new Octokit({
    auth: options.token,
    baseUrl: apiUrl,
    userAgent: "assay",
    request: { fetch: createFetch() },
    throttle: { enabled: !isLoopback(apiUrl), onRateLimit: pause, onSecondaryRateLimit: pause },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return githubThrough(octokit, { owner: options.owner, name: options.name }, { secret: options.token });
}

/** Whose requests they are, and the account that these write as, where that need not be asked of the token. */
interface KnownCaller extends Caller {
  viewer?: (() => Promise<{ id: number; login: string }>) | undefined;
}

/** One repository through an Octokit that is there already, such as Probot's of an installation. */
export function githubThrough(octokit: OctokitLike, repository: Repository, known: KnownCaller): GitHub {
  const api = createApi(octokit, repository, known);
  return {
    repository,
    checks: createChecks(api),
    collaborators: createCollaborators(api),
    comments: createComments(api, known.viewer),
    contents: createContents(api),
    deployments: createDeployments(api),
    issues: createIssues(api),
    pullRequests: createPullRequests(api),
    releases: createReleases(api),
    runs: createRuns(api),
    artifacts: createArtifacts(api),
    settings: createSettings(api),
    tags: createTags(api),
  };
}

/** What matters of it comes as errors. */
function silent(): void {}

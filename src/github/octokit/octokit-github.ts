import type { GitHub, Repository } from "../github.ts";
import { createApi, type OctokitLike } from "./api.ts";
import { createArtifacts } from "./artifacts.ts";
import { createChecks } from "./checks.ts";
import { createCollaborators } from "./collaborators.ts";
import { createComments } from "./comments.ts";
import { createContents } from "./contents.ts";
import { createPullRequests } from "./pull-requests.ts";
import { createReleases } from "./releases.ts";
import { createRuns } from "./runs.ts";
import { createSettings } from "./settings.ts";

export interface OctokitGitHubOptions {
  owner: string;
  name: string;
  token: string;
  /** Such as `https://api.github.com`, which is the default. */
  apiUrl?: string | undefined;
}

/** A pause that GitHub asks for is waited for when it is short; a job that sleeps for an hour helps nobody. */
const longestPauseSeconds = 60;
const answerWithinMs = 60_000;
const transferWithinMs = 60 * 60_000;

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
    request: { fetch: fetchWithTimeLimit },
    throttle: { enabled: !isLoopback(apiUrl), onRateLimit: pause, onSecondaryRateLimit: pause },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return githubThrough(octokit, { owner: options.owner, name: options.name }, { secret: options.token });
}

/**
 * One repository through an Octokit that is there already, such as Probot's of an installation.
 * @param known.secret is in no message
 * @param known.viewer the account that it writes as
 * @param known.signal once it is aborted nothing is asked any more
 */
export function githubThrough(
  octokit: OctokitLike,
  repository: Repository,
  known: { secret?: string; viewer?: { id: number; login: string }; signal?: AbortSignal | undefined },
): GitHub {
  const api = createApi(octokit, repository, known.secret ?? "", known.signal);
  return {
    repository,
    checks: createChecks(api),
    collaborators: createCollaborators(api),
    comments: createComments(api, known.viewer),
    contents: createContents(api),
    pullRequests: createPullRequests(api),
    releases: createReleases(api),
    runs: createRuns(api),
    artifacts: createArtifacts(api),
    settings: createSettings(api),
  };
}

/** A GitHub on this machine counts no requests, so writes to it need not be a second or three apart. */
function isLoopback(apiUrl: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(apiUrl).hostname);
}

/** Each attempt has its own limit; file transfers a longer one. */
function fetchWithTimeLimit(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const isTransfer = init.body instanceof Blob || new Headers(init.headers).get("accept") === "application/octet-stream";
  const limit = AbortSignal.timeout(isTransfer ? transferWithinMs : answerWithinMs);
  return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
}

/** What matters of it comes as errors. */
function silent(): void {}

import { Octokit } from "octokit";
import { createFetch, isLoopback } from "./transport.ts";

/** How often a read is tried again after a 5xx; the queue tries all of it again, later. */
const retries = 2;

interface GivenOptions {
  auth?: Readonly<Record<string, unknown>> | undefined;
  throttle?: Readonly<Record<string, unknown>> | undefined;
  [option: string]: unknown;
}

/**
 * Defaults for the Octokit class that signs in as the app, as in `ProbotOctokit.defaults(appOctokitDefaults(apiUrl))`: each attempt
 * has a time limit, and writes are spaced as GitHub asks. A limit that is used up is no reason to wait inside a request: it
 * becomes a `GitHubError` with `retryAt`.
 */
export function appOctokitDefaults(
  apiUrl: string,
  fetchThrough: typeof fetch = createFetch(),
): (given: GivenOptions) => GivenOptions {
  const local = isLoopback(apiUrl);
  const own = { baseUrl: apiUrl, userAgent: "assay", request: { fetch: fetchThrough } };
  const doNotWait = () => false;
  // A token that is asked for outside a request would be asked of github.com otherwise.
  const { request } = new Octokit({ ...own, retry: { enabled: false }, throttle: { enabled: false } });
  return (given) => ({
    ...given,
    ...own,
    auth: { ...given.auth, request, log: unheard },
    retry: { retries, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451], ...(local && { retryAfterBaseValue: 10 }) },
    throttle: { ...given.throttle, enabled: !local, onRateLimit: doNotWait, onSecondaryRateLimit: doNotWait },
  });
}

/** It tells of every pause while a fresh token is not known everywhere. */
const unheard = { debug() {}, info() {}, warn() {}, error() {} };

import type { Octokit } from "octokit";
import type * as z from "zod/mini";
import { english } from "../../errors/english.ts";
import { GitHubError } from "../../errors/errors.ts";
import type { Repository } from "../github.ts";
import { type Asked, type Speaker, statusOf, toGitHubError } from "./request-error.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** Requests to GitHub: answers are parsed, errors are `GitHubError`s. */
export interface Requests {
  /** Only GET, PUT with a key and the like are repeated after a 5xx; see `once`. */
  send<T>(schema: z.ZodMiniType<T>, route: string, parameters: Parameters, asked: Asked): Promise<T>;
  /** Like `send` and never repeated: for what must not happen twice when only the answer was lost. */
  once<T>(schema: z.ZodMiniType<T>, route: string, parameters: Parameters, asked: Asked): Promise<T>;
  /** Like `send`, undefined for 404. */
  find<T>(schema: z.ZodMiniType<T>, route: string, parameters: Parameters, asked: Asked): Promise<T | undefined>;
  /**
   * All pages of a list; 100,000 entries at most.
   * @param end before the first entry that `isPast`, or after the first `most` entries; GitHub takes no size of pages of a list that is not `isPaged`
   */
  list<T>(
    schema: z.ZodMiniType<T>,
    route: string,
    parameters: Parameters,
    asked: Asked,
    end?: { isPast?: (entry: T) => boolean; most?: number | undefined; isPaged?: boolean },
  ): Promise<readonly T[]>;
  graphql<T>(schema: z.ZodMiniType<T>, query: string, asked: Asked): Promise<T>;
  /** A request whose answer is not JSON of a known shape: uploads and downloads. Not repeated; rejects with what Octokit threw. */
  raw(route: string, parameters: Parameters & { request?: Parameters }): Promise<{ status: number; data: unknown }>;
  explain(error: unknown, asked: Asked): Error;
}

/** Requests to one repository: `{owner}` and `{repo}` of a route are filled in. */
export interface Api extends Requests {
  readonly repository: Repository;
}

/** Whose requests they are. */
export interface Caller extends Speaker {
  /** Gets a new token instead of one that GitHub refuses; the request is sent once more then. */
  renew?: (() => Promise<void>) | undefined;
  /** Once it is aborted nothing is asked any more. */
  signal?: AbortSignal | undefined;
}

const pageSize = 100;
const maxPages = 1_000;

/** What is needed of an Octokit, whoever made it. */
export type OctokitLike = Pick<Octokit, "request" | "paginate"> & {
  graphql<Answer>(query: string): Promise<Answer>;
};

export function createApi(octokit: OctokitLike, repository: Repository, caller: Caller): Api {
  const place = { owner: repository.owner, repo: repository.name };
  return { repository, ...createRequests(octokit, caller, place) };
}

export function createRequests(octokit: OctokitLike, caller: Caller, place: Parameters = {}): Requests {
  const { signal } = caller;
  // What a route does not name would go into the query.
  const placeIn = (route: string) => (route.includes("{owner}") ? place : {});

  async function request<T>(
    schema: z.ZodMiniType<T>,
    route: string,
    parameters: Parameters & { request?: Parameters },
    asked: Asked,
  ): Promise<T> {
    const response = await explained(asked, () =>
      octokit.request(route, { ...placeIn(route), ...parameters, request: { signal, ...parameters.request } }),
    );
    return parse(schema, response.data, asked);
  }

  async function explained<T>(asked: Asked, act: () => Promise<T>): Promise<T> {
    try {
      return await renewed(act);
    } catch (error) {
      throw toGitHubError(error, asked, caller);
    }
  }

  /** What GitHub answers with 401 it has not done. */
  async function renewed<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (caller.renew === undefined || statusOf(error) !== 401) throw error;
      await caller.renew();
      return act();
    }
  }

  return {
    send: request,
    once: (schema, route, parameters, asked) => request(schema, route, { ...parameters, request: { retries: 0 } }, asked),
    async find(schema, route, parameters, asked) {
      try {
        return await request(schema, route, parameters, asked);
      } catch (error) {
        if (error instanceof GitHubError && error.status === 404) return undefined;
        throw error;
      }
    },
    list: (schema, route, parameters, asked, { isPast = () => false, most = Number.POSITIVE_INFINITY, isPaged = true } = {}) =>
      explained(asked, async () => {
        const entries: Array<ReturnType<typeof schema.parse>> = [];
        let pages = 0;
        for await (const page of octokit.paginate.iterator(route, {
          ...placeIn(route),
          ...parameters,
          ...(isPaged && { per_page: Math.min(pageSize, most) }),
          request: { signal },
        })) {
          if (++pages > maxPages)
            throw new GitHubError(
              `More than ${maxPages} pages on a request to ${asked.what}; nothing is decided on part of a list.`,
            );
          for (const data of page.data) {
            const entry = parse(schema, data, asked);
            if (isPast(entry)) return entries;
            entries.push(entry);
            if (entries.length >= most) return entries;
          }
        }
        return entries;
      }),
    async graphql(schema, query, asked) {
      return parse(schema, await explained(asked, () => octokit.graphql(query)), asked);
    },
    async raw(route, parameters) {
      const once = { ...place, ...parameters, request: { signal, ...parameters.request, retries: 0 } };
      const response = await renewed(() => octokit.request(route, once));
      return { status: response.status, data: response.data };
    },
    explain: (error, asked) => toGitHubError(error, asked, caller),
  };
}

function parse<T>(schema: z.ZodMiniType<T>, data: unknown, asked: Asked): T {
  const parsed = schema.safeParse(data, english);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") || "the answer";
  throw new GitHubError(`GitHub answered a request to ${asked.what} with something unexpected: ${where}: ${issue?.message}.`);
}

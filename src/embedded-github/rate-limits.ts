import { ApiError } from "./api-error.ts";
import type { State, Token } from "./state.ts";

/** GitHub's limits for one installation or account; each defaults to GitHub's own number. */
export interface RateLimits {
  requestsPerHour?: number | undefined;
  /** A read is one point, a write five. */
  pointsPerMinute?: number | undefined;
  /** Requests that create something. */
  creationsPerMinute?: number | undefined;
  creationsPerHour?: number | undefined;
  /** How long its minute lasts, so that tests need not wait for a real one; an hour has sixty. */
  minuteMs?: number | undefined;
}

/** Counts the requests of each caller. */
export interface RateLimiter {
  /** @returns the headers of the answer. Throws 403 where a limit is used up */
  admit(caller: Token, method: string): Readonly<Record<string, string>>;
}

export function createRateLimiter(state: State, limits: RateLimits): RateLimiter {
  const { requestsPerHour = 5000, pointsPerMinute = 900, creationsPerMinute = 80, creationsPerHour = 500 } = limits;
  const { minuteMs = 60_000 } = limits;
  const minute = minuteMs;
  const hour = 60 * minuteMs;
  const callers = new Map<string, ReturnType<typeof countersOf>>();
  const countersOf = () => ({
    requests: createCounter(requestsPerHour, hour),
    secondary: [
      createCounter(pointsPerMinute, minute),
      createCounter(creationsPerMinute, minute),
      createCounter(creationsPerHour, hour),
    ],
  });
  return {
    admit(caller, method) {
      const key = nameOf(caller);
      const counters = callers.get(key) ?? countersOf();
      callers.set(key, counters);
      const now = state.now();
      const { requests, secondary } = counters;
      const headers = () => ({
        "x-ratelimit-limit": String(requestsPerHour),
        "x-ratelimit-remaining": String(requests.left(now)),
        "x-ratelimit-used": String(requestsPerHour - requests.left(now)),
        "x-ratelimit-reset": String(Math.ceil(requests.resetAt(now) / 1000)),
        "x-ratelimit-resource": "core",
      });
      if (requests.left(now) < 1) throw new ApiError(403, `API rate limit exceeded for ${key}.`, [], headers());
      const creations = method === "POST" ? 1 : 0;
      const costs = [method === "GET" || method === "HEAD" ? 1 : 5, creations, creations];
      for (const [at, counter] of secondary.entries()) {
        if (counter.left(now) >= (costs[at] ?? 0)) continue;
        throw secondaryLimit(Math.ceil((counter.resetAt(now) - now) / 1000), 403, headers());
      }
      requests.take(now, 1);
      for (const [at, counter] of secondary.entries()) counter.take(now, costs[at] ?? 0);
      return headers();
    },
  };
}

/** Whose limits are used up: an installation's, whatever its token, or an account's. */
export function nameOf({ kind, installation, login }: Token): string {
  return installation ? `installation ID ${installation.id}` : `${kind} ${login}`;
}

/** So much in a stretch of time, which begins with the first that is taken. */
function createCounter(limit: number, stretchMs: number) {
  let since = Number.NEGATIVE_INFINITY;
  let used = 0;
  const isOver = (now: number) => now >= since + stretchMs;
  return {
    left: (now: number) => (isOver(now) ? limit : limit - used),
    resetAt: (now: number) => (isOver(now) ? now : since) + stretchMs,
    take(now: number, amount: number) {
      if (isOver(now)) {
        since = now;
        used = 0;
      }
      used += amount;
    },
  };
}

/** @param seconds how long GitHub asks to wait */
export function secondaryLimit(seconds: number, status = 403, headers: Readonly<Record<string, string>> = {}): ApiError {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return new ApiError(status, message, [], { ...headers, "retry-after": String(seconds) });
}

import type { PendingFault } from "./faults.ts";
import type { RateLimiter } from "./rate-limits.ts";

export interface RecordedRequest {
  method: string;
  path: string;
  /** The route that took it, `GET /repos/{owner}/{repo}`; undefined: none. */
  endpoint: string | undefined;
  /** 0 when the connection was cut on purpose. */
  status: number;
  /** Whose limits it counts for, `installation ID 5`; undefined: nobody's. */
  caller: string | undefined;
  /** When it came, by the clock of this GitHub, and for how long it was answered to wait then. */
  at: number;
  retryAfterSeconds: number | undefined;
}

/** One request and its answer, for validators. */
export interface Exchange {
  method: string;
  /** Path and query, as sent. */
  path: string;
  requestBody: Buffer;
  status: number;
  /** A JSON value, bytes, or undefined: no body or a streamed file. */
  responseBody: unknown;
  /** The answer is an injected fault. */
  injected: boolean;
}

/** What came and went, and what goes wrong on purpose. */
export interface Traffic {
  readonly requests: RecordedRequest[];
  readonly unknownRequests: string[];
  /** Bugs of the server itself. */
  readonly failures: string[];
  readonly faults: PendingFault[];
  readonly rateLimiter: RateLimiter | undefined;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
}

import { ApiError } from "./api-error.ts";
import { secondaryLimit } from "./rate-limits.ts";

/** A failure that the next matching requests meet. */
export type Fault = Target & Failure;

interface Target {
  /** Default any. */
  method?: string | undefined;
  /** A string matches where it occurs in the path. */
  pathPattern: RegExp | string;
  /** How many matching requests go well before; default none. */
  skip?: number | undefined;
  /** How many requests fail; default 1. */
  times?: number | undefined;
}

type Failure =
  | {
      /** 401: the token has run out. 403 and 429 with `retryAfter`: a secondary rate limit. */
      status: number;
      /** In seconds. */
      retryAfter?: number | undefined;
      /** The request is carried out and only its answer is lost, as with a 502 of a proxy in between. */
      afterEffect?: boolean | undefined;
    }
  /** The connection is cut before or after the request was carried out. */
  | { cut: "before" | "after" }
  /** The connection stays and no answer comes, before or after the request was carried out. */
  | { timeout: "before" | "after" }
  /** The request is carried out, and half of the JSON is answered. */
  | { truncated: true };

export type PendingFault = Fault & { toSkip: number; left: number };

export function pending(fault: Fault): PendingFault {
  return { ...fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1 };
}

/** The first fault that is due for the request; it is used up by that. */
export function takeFault(faults: readonly PendingFault[], method: string, path: string): PendingFault | undefined {
  const due = faults.find((fault) => fault.left > 0 && (fault.method ?? method) === method && matches(fault.pathPattern, path));
  if (due && due.toSkip > 0) {
    due.toSkip -= 1;
    return undefined;
  }
  if (due) due.left -= 1;
  return due;
}

function matches(pattern: RegExp | string, path: string): boolean {
  return typeof pattern === "string" ? path.includes(pattern) : path.search(pattern) >= 0;
}

/** Whether the request still does what it asks for. */
export function isCarriedOut(fault: Fault): boolean {
  if ("truncated" in fault) return true;
  if ("cut" in fault) return fault.cut === "after";
  return "timeout" in fault ? fault.timeout === "after" : fault.afterEffect === true;
}

/** What is answered instead, in GitHub's words. */
export function errorOf({ status, retryAfter }: { status: number; retryAfter?: number | undefined }): ApiError {
  if (retryAfter !== undefined) return secondaryLimit(retryAfter, status);
  if (status === 401) return new ApiError(401, "Bad credentials");
  if (status === 429) return new ApiError(429, "API rate limit exceeded");
  return new ApiError(status, "Server Error");
}

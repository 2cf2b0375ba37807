const answerWithinMs = 60_000;
const transferWithinMs = 60 * 60_000;

/** A GitHub on this machine counts no requests, so writes to it need not be a second or three apart. */
export function isLoopback(apiUrl: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(apiUrl).hostname);
}

/** A `fetch` whose every attempt has a time limit, in milliseconds; file transfers have a longer one. */
export function createFetch(withinMs = answerWithinMs): typeof fetch {
  return (url, init = {}) => {
    const isTransfer = init.body instanceof Blob || new Headers(init.headers).get("accept") === "application/octet-stream";
    const limit = AbortSignal.timeout(isTransfer ? transferWithinMs : withinMs);
    return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };
}

import { afterEach, describe, expect, it } from "vitest";
import type { RateLimits } from "../../src/embedded-github/rate-limits.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import { createWorkTree } from "./scene.ts";

let github: CheckedGitHub;
afterEach(() => github?.close());

/** A clock that stands still unless it is told to go on. */
async function start(rateLimits?: RateLimits) {
  const clock = { now: Date.parse("2026-01-01T00:00:00Z") };
  github = await startCheckedGitHub({ rateLimits, now: () => clock.now });
  const { gitFolder } = await github.createRepository({ owner: "octo", name: "demo" });
  const work = await createWorkTree(gitFolder);
  const sha = await work.push("main", { "README.md": "# demo\n" });
  await work.remove();
  const tokenOf = (login: string) =>
    github.tokenFor({ repository: "octo/demo", kind: "user", login, permissions: { contents: "write" } });
  const tokens = { octo: tokenOf("octo"), dev: tokenOf("dev") };
  const send = (method: string, path: string, login: keyof typeof tokens = "octo", body?: object, withinMs?: number) =>
    fetch(`${github.url}${path}`, {
      method,
      headers: { authorization: `token ${tokens[login]}` },
      ...(body && { body: JSON.stringify(body) }),
      ...(withinMs !== undefined && { signal: AbortSignal.timeout(withinMs) }),
    });
  return { sha, clock, read: (login?: keyof typeof tokens) => send("GET", "/repos/octo/demo", login), send };
}

const messageOf = async (response: Response) => JSON.parse(await response.text()).message;

describe("rate limits", () => {
  it("count the requests of each caller, and say when there will be more", async () => {
    const { clock, read } = await start({ requestsPerHour: 2, minuteMs: 1000 });
    const header = (response: Response, name: string) => response.headers.get(`x-ratelimit-${name}`);
    const first = await read();
    expect([header(first, "limit"), header(first, "remaining"), header(first, "used")]).toEqual(["2", "1", "1"]);
    await read();
    const refused = await read();
    expect(refused.status).toBe(403);
    expect(header(refused, "remaining")).toBe("0");
    expect(header(refused, "reset")).toBe(String(clock.now / 1000 + 60));
    expect(await messageOf(refused)).toMatch(/^API rate limit exceeded/);
    expect((await read("dev")).status).toBe(200);
    clock.now += 60_000;
    expect((await read()).status).toBe(200);
  });

  it("ask who creates too much, or takes too many points, to come back later", async () => {
    const { clock, read, send } = await start({ creationsPerMinute: 1, pointsPerMinute: 12, minuteMs: 2000 });
    const create = () => send("POST", "/repos/octo/demo/git/blobs", "octo", { content: "x", encoding: "utf-8" });
    expect((await create()).status).toBe(201);
    const refused = await create();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([403, "2"]);
    expect(await messageOf(refused)).toMatch(/secondary rate limit/);
    expect(github.requests.at(-1)).toMatchObject({ status: 403, caller: "user octo", at: clock.now, retryAfterSeconds: 2 });
    for (let count = 0; count < 7; count++) expect((await read()).status).toBe(200);
    expect((await read()).status).toBe(403);
    clock.now += 2000;
    expect((await create()).status).toBe(201);
  });

  it("are off unless asked for", async () => {
    const { read } = await start();
    expect((await read()).headers.get("x-ratelimit-remaining")).toBe("4999");
  });
});

describe("faults", () => {
  it("ask for a pause, with a header", async () => {
    const { read } = await start();
    for (const status of [403, 429]) {
      github.failNext({ pathPattern: "/repos/", status, retryAfter: 7 });
      const response = await read();
      expect([response.status, response.headers.get("retry-after")]).toEqual([status, "7"]);
      expect(await messageOf(response)).toMatch(/secondary rate limit/);
    }
  });

  it("refuse a token", async () => {
    const { read } = await start();
    github.failNext({ method: "GET", pathPattern: "/repos/", status: 401 });
    expect(await messageOf(await read())).toBe("Bad credentials");
  });

  it.each([
    ["cut the connection", (when: "before" | "after") => ({ cut: when }), undefined, "fetch failed"],
    ["never answer", (when: "before" | "after") => ({ timeout: when }), 300, "timeout"],
  ] as const)("%s before or after the request is carried out", async (_, fault, withinMs, why) => {
    const { send, sha } = await start();
    const body = { ref: "refs/heads/x", sha };
    const statuses = [];
    for (const when of ["before", "after"] as const) {
      github.failNext({ method: "POST", pathPattern: "/git/refs", ...fault(when) });
      await expect(send("POST", "/repos/octo/demo/git/refs", "octo", body, withinMs)).rejects.toThrow(why);
      statuses.push((await send("GET", "/repos/octo/demo/git/ref/heads/x")).status);
    }
    expect(statuses).toEqual([404, 200]);
    const cut = { method: "POST", path: "/repos/octo/demo/git/refs", endpoint: "POST /repos/{owner}/{repo}/git/refs", status: 0 };
    expect(github.requests.filter(({ status }) => status === 0)).toMatchObject([cut, cut]);
  });

  it("answer half of the JSON, and let requests pass before", async () => {
    const { read } = await start();
    github.failNext({ pathPattern: "/repos/", truncated: true, skip: 1 });
    JSON.parse(await (await read()).text());
    const half = await (await read()).text();
    expect(() => JSON.parse(half)).toThrow();
  });
});

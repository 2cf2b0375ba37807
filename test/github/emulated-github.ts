import { createEmulator } from "emulate";
import { z } from "zod";
import type { TestGitHub } from "./test-github.ts";

/**
 * A GitHub that somebody else wrote, with a repository and an open pull request. It has no GraphQL and no bots, so "ours" is a
 * user here; it keeps no bytes of assets.
 */
export async function startEmulatedGitHub(): Promise<TestGitHub> {
  const logins = ["acme", "ours", "other"];
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    hostname: "127.0.0.1",
    seed: {
      tokens: Object.fromEntries(logins.map((login) => [login, { login, scopes: ["repo"] }])),
      github: {
        users: logins.map((login) => ({ login })),
        repos: [{ owner: "acme", name: "models", auto_init: true }],
      },
    },
  });
  const port = new URL(emulator.url).port;
  const apiUrl = `http://127.0.0.1:${port}`;

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${apiUrl}/repos/acme/models/${path}`, {
      method,
      headers: { authorization: "token acme", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  const main = z.object({ object: z.object({ sha: z.string() }) }).parse(await call("GET", "git/ref/heads/main")).object.sha;
  for (const login of ["ours", "other"]) await call("PUT", `collaborators/${login}`, { permission: "push" });
  await call("POST", "git/refs", { ref: "refs/heads/change", sha: main });
  await call("PUT", "contents/data/train.csv", { branch: "change", message: "Change the data", content: "YSxiCg==" });
  const pull = z
    .object({ number: z.int(), head: z.object({ sha: z.string() }) })
    .parse(await call("POST", "pulls", { title: "Change the data", head: "change", base: "main" }));

  return {
    apiUrl,
    repository: { owner: "acme", name: "models" },
    token: "ours",
    otherToken: "other",
    login: "ours",
    pullRequest: pull.number,
    mainSha: main,
    headSha: pull.head.sha,
    close: () => emulator.close(),
  };
}

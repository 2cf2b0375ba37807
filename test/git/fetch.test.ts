import { existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { isAbsolute } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createCommandGit } from "../../src/git/command-git.ts";
import type { Processes } from "../../src/processes/processes.ts";
import { cloneRepository, createRepository, processes, type Repository } from "./repository.ts";

let repository: Repository | undefined;
afterEach(() => repository?.delete());

describe("a token for fetching", () => {
  it("reaches origin as the only authorization, and is on no command line and in no environment, but in a file that goes", async () => {
    const seen: string[][] = [];
    const server = createServer((request: IncomingMessage, response) => {
      seen.push([...(request.headersDistinct.authorization ?? []), ...(request.headersDistinct["user-agent"] ?? [])]);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;

    repository = createRepository();
    repository.commit({ "a.txt": "a" });
    repository.git("remote", "add", "origin", `${url}/acme/models`);
    // What actions/checkout leaves behind.
    repository.git("config", `http.${url}/.extraheader`, "AUTHORIZATION: basic b2xk");
    const given: string[] = [];
    const configured: { path: string; mode: number }[] = [];
    const watched: Processes = {
      ...processes,
      capture: (file, args, options) => {
        const environment = Object.entries(options?.env ?? {});
        given.push([file, ...args, ...environment.map(([name, value]) => `${name}=${value}`)].join("\n"));
        for (const [name, path = ""] of environment)
          if (/^GIT_CONFIG_VALUE_\d+$/.test(name) && isAbsolute(path))
            configured.push({ path, mode: statSync(path).mode & 0o777 });
        return processes.capture(file, args, options);
      },
    };
    const set = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "http.userAgent", GIT_CONFIG_VALUE_0: "set by the machine" };
    const git = await createCommandGit(repository.folder, watched, { ...process.env, ...set });
    await expect(git.fetchCommit("a".repeat(40), "the-token")).rejects.toThrow("git could not fetch");
    server.close();

    const expected = `basic ${Buffer.from("x-access-token:the-token").toString("base64")}`;
    expect(seen).toEqual([[expected, "set by the machine"]]);
    expect(given.length).toBeGreaterThan(0);
    expect(given.join("\n")).not.toContain("the-token");
    expect(given.join("\n")).not.toContain(expected);
    expect(configured).toMatchObject([process.platform === "win32" ? {} : { mode: 0o600 }]);
    expect(configured.filter(({ path }) => existsSync(path))).toEqual([]);
  });

  it("says that there is no origin to fetch from", async () => {
    repository = createRepository();
    repository.commit();
    const git = await repository.open();
    await expect(git.fetchCommit("a".repeat(40), "the-token")).rejects.toThrow(/'origin' does not appear to be a git repository/);
  });
});

describe("fetching tags", () => {
  it("brings those that are new or moved, and drops those that went", async () => {
    const origin = createRepository();
    const first = origin.commit({ a: "1" });
    origin.git("tag", "-a", "-m", "goes", "gone@v1.0.0");
    origin.git("tag", "-a", "-m", "moves", "moved@v1.0.0");
    const clone = cloneRepository(origin.folder);
    const second = origin.commit({ a: "2" });
    origin.git("tag", "--delete", "gone@v1.0.0");
    origin.git("tag", "-f", "-a", "-m", "moved", "moved@v1.0.0");
    origin.git("tag", "-a", "-m", "new", "new#production#2", first);
    const git = await clone.open();
    await git.fetchTags();
    expect((await git.listTags()).map(({ name, commit }) => [name, commit])).toEqual([
      ["moved@v1.0.0", second],
      ["new#production#2", first],
    ]);
  });
});

import { createServer, type IncomingMessage } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createCommandGit } from "../../src/git/command-git.ts";
import type { Processes } from "../../src/processes/processes.ts";
import { createRepository, processes, type Repository } from "./repository.ts";

let repository: Repository | undefined;
afterEach(() => repository?.delete());

describe("a token for fetching", () => {
  it("reaches origin as the only authorization, and is on no command line", async () => {
    const seen: string[][] = [];
    const server = createServer((request: IncomingMessage, response) => {
      seen.push(request.headersDistinct.authorization ?? []);
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
    const commandLines: string[] = [];
    const watched: Processes = {
      ...processes,
      capture: (file, args, options) => {
        commandLines.push([file, ...args].join(" "));
        return processes.capture(file, args, options);
      },
    };
    const git = await createCommandGit(repository.folder, watched);
    await expect(git.fetchCommit("a".repeat(40), "the-token")).rejects.toThrow("git could not fetch");
    server.close();

    const expected = `basic ${Buffer.from("x-access-token:the-token").toString("base64")}`;
    expect(seen).toEqual([[expected]]);
    expect(commandLines.join("\n")).not.toContain("the-token");
    expect(commandLines.join("\n")).not.toContain(expected);
  });

  it("says that there is no origin to fetch from", async () => {
    repository = createRepository();
    repository.commit();
    const git = await repository.open();
    await expect(git.fetchCommit("a".repeat(40), "the-token")).rejects.toThrow(/'origin' does not appear to be a git repository/);
  });
});

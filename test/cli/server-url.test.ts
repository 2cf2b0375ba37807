import { afterEach, expect, it, vi } from "vitest";
import { openGitHub, serverUrlOf } from "../../src/cli/github-repository.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";

it.each<[string, string | undefined, Record<string, string>, string]>([
  ["github.com where nothing is said", undefined, {}, "https://github.com"],
  ["what the runner says", undefined, { GITHUB_SERVER_URL: "https://git.example.com" }, "https://git.example.com"],
  ["the server of --api-url", "https://git.example.com/api/v3/", {}, "https://git.example.com"],
  [
    "the server of --api-url, wherever this runs",
    "https://git.example.com/api/v3",
    { GITHUB_SERVER_URL: "https://github.com" },
    "https://git.example.com",
  ],
  ["the server of GITHUB_API_URL", undefined, { GITHUB_API_URL: "https://api.acme.ghe.com" }, "https://acme.ghe.com"],
  ["github.com of its own interface", "https://api.github.com", {}, "https://github.com"],
])("papers link %s", (_, apiUrl, environment, expected) => {
  expect(serverUrlOf(apiUrl === undefined ? {} : { apiUrl }, environment)).toBe(expected);
});

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["--api-url", { apiUrl: "nonsense" }, ""],
  ["--api-url", { apiUrl: "file:///etc/passwd" }, ""],
  ["GITHUB_API_URL", {}, "git.example.com"],
])("%s that is no address is refused", async (called, options, environment) => {
  vi.stubEnv("GITHUB_TOKEN", "t");
  vi.stubEnv("GITHUB_API_URL", environment);
  const open = openGitHub({ repository: "acme/models", ...options }, ".", createNodeProcesses());
  await expect(open).rejects.toThrow(new RegExp(`^${called} ".+" is no address\\. Write for example https://`));
});

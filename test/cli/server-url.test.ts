import { expect, it } from "vitest";
import { serverUrlOf } from "../../src/cli/github-repository.ts";

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

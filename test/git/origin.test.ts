import { expect, it } from "vitest";
import { originUrl, repositoryOfUrl } from "../../src/git/origin.ts";
import { createRepository, processes } from "./repository.ts";

it.each([
  ["git@github.com:acme/models.git", "acme/models"],
  ["https://github.com/acme/models", "acme/models"],
  ["https://x-access-token:secret@github.com/acme/my.models.git", "acme/my.models"],
  ["ssh://git@github.com:22/acme/models.git/", "acme/models"],
  ["/srv/git/models.git", undefined],
  ["file:///srv/git/acme/models", undefined],
])("the repository of %s is %s", (url, repository) => {
  expect(repositoryOfUrl(url)).toBe(repository);
});

it("there may be no origin", async () => {
  const repository = createRepository();
  expect(await originUrl(processes, repository.folder)).toBeUndefined();
  repository.git("remote", "add", "origin", "https://github.com/acme/models");
  expect(await originUrl(processes, repository.folder)).toBe("https://github.com/acme/models");
});

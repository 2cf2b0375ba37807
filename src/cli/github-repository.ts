import { UsageError } from "../errors/errors.ts";
import { originUrl, repositoryOfUrl } from "../git/origin.ts";
import type { GitHub } from "../github/github.ts";
import type { Processes } from "../processes/processes.ts";

export interface RepositoryOptions {
  /** `owner/name`. */
  repository?: string;
  apiUrl?: string;
}

/** What a command that asks GitHub calls its options. */
export const repositoryOption = [
  "--repository <owner/name>",
  "on GitHub; default: GITHUB_REPOSITORY, or that of origin",
] as const;
export const apiUrlOption = ["--api-url <url>", "of GitHub; default: GITHUB_API_URL, or https://api.github.com"] as const;

/** The repository on GitHub of the folder's clone, with the token of the environment; or what is lacking, and the fix. */
export async function openGitHub(
  options: RepositoryOptions,
  folder: string,
  processes: Processes,
): Promise<GitHub | { lacking: string; fix: string }> {
  const environment = process.env;
  const origin = await originUrl(processes, folder);
  const repository =
    options.repository ?? environment["GITHUB_REPOSITORY"] ?? (origin === undefined ? undefined : repositoryOfUrl(origin));
  const token = environment["GITHUB_TOKEN"] ?? environment["GH_TOKEN"];
  if (!repository) return { lacking: "origin is no repository on GitHub", fix: "Name it: --repository owner/name." };
  const [owner, name, ...more] = repository.split("/");
  if (!owner || !name || more.length > 0)
    throw new UsageError(`--repository ${repository} is not owner/name. Write for example acme/models.`);
  if (!token) return { lacking: "there is no token", fix: "Set GITHUB_TOKEN, for example to what `gh auth token` prints." };
  const { createOctokitGitHub } = await import("../github/octokit/octokit-github.ts");
  return createOctokitGitHub({ owner, name, token, apiUrl: options.apiUrl ?? environment["GITHUB_API_URL"] });
}

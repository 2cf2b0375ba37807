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
  const repository = await namedRepository(options, folder, processes);
  const token = environment["GITHUB_TOKEN"] ?? environment["GH_TOKEN"];
  if (!repository) return { lacking: "origin is no repository on GitHub", fix: "Name it: --repository owner/name." };
  const [owner, name, ...more] = repository.split("/");
  if (!owner || !name || more.length > 0)
    throw new UsageError(`--repository ${repository} is not owner/name. Write for example acme/models.`);
  if (!token) return { lacking: "there is no token", fix: "Set GITHUB_TOKEN, for example to what `gh auth token` prints." };
  const { createOctokitGitHub } = await import("../github/octokit/octokit-github.ts");
  return createOctokitGitHub({ owner, name, token, apiUrl: apiUrlOf(options, environment) });
}

/** @throws UsageError of what is no address */
function apiUrlOf({ apiUrl }: RepositoryOptions, environment: NodeJS.ProcessEnv): string | undefined {
  const given = apiUrl ?? environment["GITHUB_API_URL"];
  if (given === undefined || /^https?:$/.test(URL.parse(given)?.protocol ?? "")) return given;
  throw new UsageError(
    `${apiUrl === undefined ? "GITHUB_API_URL" : "--api-url"} ${JSON.stringify(given)} is no address. Write for example https://github.example.com/api/v3.`,
  );
}

/** `owner/name` of the folder's repository on GitHub, as far as it is known without asking it. */
export async function namedRepository(
  { repository }: RepositoryOptions,
  folder: string,
  processes: Processes,
): Promise<string | undefined> {
  const named = repository ?? process.env["GITHUB_REPOSITORY"];
  if (named) return named;
  const origin = await originUrl(processes, folder);
  return origin === undefined ? undefined : repositoryOfUrl(origin);
}

/** Where people see the repository; of GitHub's own addresses the one that belongs to the interface's. */
export function serverUrlOf({ apiUrl }: Pick<RepositoryOptions, "apiUrl">, environment = process.env): string {
  const given = environment["GITHUB_SERVER_URL"];
  if (given !== undefined && apiUrl === undefined) return given;
  const api = apiUrl ?? environment["GITHUB_API_URL"] ?? "https://api.github.com";
  return api
    .replace(/\/+$/, "")
    .replace(/\/api\/v3$/, "")
    .replace(/^https:\/\/api\.(?=github\.com$|[^/]+\.ghe\.com$)/, "https://");
}

import type { Processes } from "../processes/processes.ts";

/** The address of `origin`, as it is configured; undefined when there is none. */
export async function originUrl({ capture }: Pick<Processes, "capture">, folder: string): Promise<string | undefined> {
  const { exitCode, stdout } = await capture("git", ["config", "--get", "remote.origin.url"], { cwd: folder });
  const url = stdout.toString("utf8").trim();
  return exitCode === 0 && url !== "" ? url : undefined;
}

/** `owner/name` of a repository's address on a GitHub: `git@github.com:acme/models.git`; undefined for a path on this disk. */
export function repositoryOfUrl(url: string): string | undefined {
  const [, owner, name] =
    /^(?:[a-z+]+:\/\/(?:[^/@]+@)?[^/]+\/|[^/@]+@[^/:]+:)([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url) ?? [];
  return owner === undefined || url.startsWith("file:") ? undefined : `${owner}/${name}`;
}

import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import { overviewOf } from "../../registry/overview.ts";
import { readRegistry } from "../../registry/registry-state.ts";
import type { RegistryPage } from "../../report/page/registry/registry-page.ts";
import { readShipped } from "./read-shipped.ts";

export interface RegistryPageRequest {
  /** A clone with the repository's tags. */
  git: Git;
  files: Files;
  /** Or why it cannot be asked: then only tags are read. */
  github: GitHub | { lacking: string };
  /** `owner/name`, as far as it is known. */
  repository: string | undefined;
  serverUrl: string;
  now: Date;
}

/** The registry by the clone's tags, and what GitHub has of its versions and stages. */
export async function readRegistryPage(request: RegistryPageRequest): Promise<RegistryPage> {
  const { git, files, github, repository, serverUrl, now } = request;
  const state = readRegistry(await git.listTags());
  const shipped = "lacking" in github ? undefined : await readShipped(state, github, files);
  return {
    ...overviewOf(state, shipped),
    ...{ repository, serverUrl, readAt: now.toISOString(), notes: shipped?.notes ?? [] },
    tagsOnly: "lacking" in github ? github.lacking : undefined,
  };
}

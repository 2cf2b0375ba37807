import { resolve } from "node:path";
import type { PromotionMachine } from "../../src/flows/promotion/promotion-machine.ts";
import { readRegistryPage } from "../../src/flows/registry/read-registry-page.ts";
import type { Event } from "../runtime/event.ts";

/** Writes the registry's page as GitHub has its tags now, the promotion's own among them. @returns its path */
export async function writeRegistryPage(
  path: string,
  { repository, serverUrl }: Pick<Event, "repository" | "serverUrl">,
  { git, files, github, progress, now }: PromotionMachine,
  token: string,
): Promise<string> {
  await git.fetchTags(token);
  const page = await readRegistryPage({ git, files, github, repository, serverUrl, now: now() });
  for (const note of [...page.problems, ...page.notes]) progress(note);
  const { renderRegistryPage } = await import("../../src/report/page/registry/registry-page.ts");
  const file = resolve(git.root, path);
  await files.write(file, renderRegistryPage(page));
  progress(`Wrote ${path}`);
  return file;
}

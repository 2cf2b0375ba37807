import { App, Octokit } from "octokit";
import type { CreatedApp, EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { githubThrough } from "../../src/github/octokit/octokit-github.ts";

/** The app as it is registered, installed in one repository. */
export async function createTestApp(
  github: EmbeddedGitHub,
  fullName: string,
): Promise<{ app: GitHubApp; created: CreatedApp; installation: number }> {
  const created = await github.createApp({
    slug: `assay-${fullName.replace("/", "-")}`,
    permissions: {
      contents: "write",
      pull_requests: "write",
      issues: "write",
      checks: "write",
      actions: "write",
      members: "read",
    },
    events: [],
  });
  const { installationId } = await github.installApp(created.id, [fullName]);
  const octokit = new App({
    appId: created.id,
    privateKey: created.privateKey,
    Octokit: Octokit.defaults({ baseUrl: github.url, throttle: { enabled: false } }),
  });
  const app: GitHubApp = {
    about: async () => ({ id: created.id, slug: created.slug, bot: created.bot }),
    installations: async () => [{ id: installationId, account: "acme", suspended: false }],
    repositories: async () => [],
    connect: async (id, repository, signal) =>
      githubThrough(await octokit.getInstallationOctokit(id), repository, { viewer: created.bot, signal }),
    deliveries: async () => [],
    redeliver: async () => undefined,
  };
  return { app, created, installation: installationId };
}

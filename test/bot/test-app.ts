import { App, Octokit } from "octokit";
import type { CreatedApp, EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { appOctokitDefaults } from "../../src/github/octokit/app-octokit.ts";
import { createGitHubApp } from "../../src/github/octokit/github-app.ts";

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
  const octokits = new App({
    appId: created.id,
    privateKey: created.privateKey,
    Octokit: Octokit.defaults(appOctokitDefaults(github.url)),
  });
  const app = createGitHubApp({
    asApp: async () => octokits.octokit,
    asInstallation: (id) => octokits.getInstallationOctokit(id),
  });
  return { app, created, installation: installationId };
}

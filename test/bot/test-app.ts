import { App, Octokit } from "octokit";
import { createManifest } from "../../bot/operations/manifest.ts";
import type { CreatedApp } from "../../src/embedded-github/apps.ts";
import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { appOctokitDefaults } from "../../src/github/octokit/app-octokit.ts";
import { createGitHubApp } from "../../src/github/octokit/github-app.ts";

/** What the app may do, and hears of, as it is registered: every test of it is held to that. */
export const { default_permissions: appPermissions, default_events: appEvents } = createManifest("", "");

/** The app as its process sees GitHub. */
export function connectApp(github: EmbeddedGitHub, app: CreatedApp, fetchThrough?: typeof fetch): GitHubApp {
  const octokits = new App({
    appId: app.id,
    privateKey: app.privateKey,
    Octokit: Octokit.defaults(appOctokitDefaults(github.url, fetchThrough)),
  });
  return createGitHubApp({
    asApp: async () => octokits.octokit,
    asInstallation: (id) => octokits.getInstallationOctokit(id),
  });
}

/** The app, installed in one repository. */
export async function createTestApp(
  github: EmbeddedGitHub,
  fullName: string,
): Promise<{ app: GitHubApp; created: CreatedApp; installation: number }> {
  const slug = `assay-${fullName.replace("/", "-")}`;
  const created = await github.createApp({ slug, permissions: appPermissions, events: appEvents });
  const { installationId } = await github.installApp(created.id, [fullName]);
  return { app: connectApp(github, created), created, installation: installationId };
}

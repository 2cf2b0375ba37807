import { App, Octokit } from "octokit";
import type { CreatedApp } from "../../src/embedded-github/apps.ts";
import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { appOctokitOptions, createGitHubApp, type InstallationOctokit } from "../../src/github/octokit/github-app.ts";

/** What the app may do, and hears of, as it is registered. */
export const appPermissions = {
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  actions: "write",
  members: "read",
} as const;
export const appEvents = [
  "pull_request",
  "workflow_run",
  "issue_comment",
  "pull_request_review",
  "check_run",
  "merge_group",
] as const;

/** The app as its process sees GitHub. */
export function connectApp(github: EmbeddedGitHub, app: CreatedApp, fetchThrough?: typeof fetch): GitHubApp {
  const options = appOctokitOptions(github.url);
  const request = { ...options.request, ...(fetchThrough && { fetch: fetchThrough }) };
  const octokit = new App({
    appId: app.id,
    privateKey: app.privateKey,
    Octokit: Octokit.defaults({ ...options, request, log: { debug() {}, info() {}, warn() {}, error() {} } }),
  });
  return createGitHubApp({
    asApp: async () => octokit.octokit,
    asInstallation: async (id) => (await octokit.getInstallationOctokit(id)) as InstallationOctokit,
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

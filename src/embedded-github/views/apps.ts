import { permissionsOf } from "../app-tokens.ts";
import { type App, type Installation, type State, timestamp, userOf } from "../state.ts";
import { nodeId, simpleUser } from "./users.ts";

export const actionsSlug = "github-actions";

/** GitHub's `integration`. */
export function appView(state: State, app: App) {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId("App", app.id),
    owner: simpleUser(state, userOf(state, app.owner)),
    name: app.slug,
    description: null,
    external_url: `${state.serverUrl}/${app.owner}`,
    html_url: `${state.serverUrl}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: permissionsOf(app),
    events: app.events,
  };
}

/** The app that made a check run; the Actions app with its real id. */
export function appOfSlug(state: State, slug: string) {
  const app = [...state.apps.values()].find((one) => one.slug === slug);
  return app ? appView(state, app) : actionsApp(state);
}

function actionsApp(state: State) {
  return {
    id: 15368,
    slug: actionsSlug,
    node_id: nodeId("App", actionsSlug),
    owner: simpleUser(state, userOf(state, "github")),
    name: "GitHub Actions",
    description: "Automate your workflow from idea to production",
    external_url: "https://help.github.com/en/actions",
    html_url: `${state.serverUrl}/apps/${actionsSlug}`,
    created_at: "2018-07-30T09:30:17Z",
    updated_at: "2024-04-10T20:33:16Z",
    permissions: { actions: "write", checks: "write", contents: "write", metadata: "read", pull_requests: "write" },
    events: ["check_run", "check_suite", "pull_request", "push"],
  };
}

/** GitHub's `installation`. */
export function installationView(state: State, installation: Installation) {
  const { id, app, createdAt } = installation;
  const account = userOf(state, installation.account);
  return {
    id,
    account: simpleUser(state, account),
    repository_selection: "selected",
    access_tokens_url: `${state.url}/app/installations/${id}/access_tokens`,
    repositories_url: `${state.url}/installation/repositories`,
    html_url: `${state.serverUrl}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: permissionsOf(app),
    events: app.events,
    created_at: createdAt,
    updated_at: timestamp(),
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}

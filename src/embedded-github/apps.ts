import { randomBytes } from "node:crypto";
import { type AppKeys, createAppKeys } from "./app-tokens.ts";
import { knownRepository } from "./pull-request-lifecycle.ts";
import {
  type App,
  type AppManifest,
  type AppPermissions,
  type Installation,
  type Repository,
  type State,
  timestamp,
  userOf,
} from "./state.ts";
import { installationView } from "./views/apps.ts";
import { nodeId } from "./views/users.ts";
import { tell } from "./webhooks.ts";

export interface AppRequest {
  slug: string;
  /** As GitHub names an app's permissions: `pull_requests: "write"`. Reading metadata is always among them. */
  permissions: AppPermissions;
  /** Webhook events that it gets, such as `pull_request`. */
  events: readonly string[];
  /** Where webhooks go; none are sent without it. */
  webhookUrl?: string | undefined;
  /** Webhooks are signed with it; unsigned without. */
  webhookSecret?: string | undefined;
  /** Account that it belongs to; default `github`. */
  owner?: string | undefined;
  /** Default: its own. Making a pair takes a while. */
  keys?: AppKeys | undefined;
  /** How long a token of an installation lives; default an hour. */
  tokenSeconds?: number | undefined;
}

export interface CreatedApp {
  id: number;
  clientId: string;
  slug: string;
  /** PEM. */
  privateKey: string;
  webhookSecret: string | undefined;
  /** The account that it writes as, `<slug>[bot]`. */
  bot: { id: number; login: string };
}

/** GitHub Apps of the embedded GitHub. */
export interface Apps {
  createApp(request: AppRequest): Promise<CreatedApp>;
  /** Somebody agrees to the app of a manifest. @returns the code of the redirection, good once */
  agreeToApp(manifest: AppManifest): string;
  /** In one account; once more adds repositories. */
  installApp(appId: number, repositories: readonly string[]): Promise<{ installationId: number }>;
  /** As its owner sets it in the app's settings; from then on webhooks go there. */
  setWebhook(appId: number, webhook: { url: string; secret: string }): Promise<void>;
  /** As if their time were up: every token of an app's installations so far is answered 401 from now on. */
  expireTokens(): void;
}

export function createApps(state: State): Apps {
  return {
    createApp: (request) => createApp(state, request),
    agreeToApp: (manifest) => {
      const code = randomBytes(20).toString("hex");
      state.manifestCodes.set(code, manifest);
      return code;
    },
    installApp: async (appId, repositories) => ({ installationId: install(state, appId, repositories).id }),
    setWebhook: async (appId, { url, secret }) => {
      const app = appOf(state, appId);
      app.webhook = { id: app.webhook?.id ?? state.nextId(), url, secret };
    },
    expireTokens: () => {
      for (const token of state.tokens.values()) if (token.kind === "installation") token.expiresAt = 0;
    },
  };
}

export async function createApp(state: State, request: AppRequest): Promise<CreatedApp> {
  const { slug, owner = "github", permissions, events, webhookUrl, webhookSecret, tokenSeconds = 3600 } = request;
  if ([...state.apps.values()].some((app) => app.slug === slug)) throw new Error(`There is an app ${slug} already.`);
  const keys = request.keys ?? (await createAppKeys());
  const id = state.nextId();
  const app: App = {
    id,
    clientId: `Iv23li${String(id).padStart(14, "0")}`,
    slug,
    owner,
    permissions,
    events,
    publicKey: keys.publicKey,
    webhook: webhookUrl === undefined ? undefined : { id: state.nextId(), url: webhookUrl, secret: webhookSecret },
    tokenSeconds,
    createdAt: timestamp(),
  };
  state.apps.set(id, app);
  const bot = userOf(state, `${slug}[bot]`);
  return {
    id,
    clientId: app.clientId,
    slug,
    privateKey: keys.privateKey,
    webhookSecret,
    bot: { id: bot.id, login: bot.login },
  };
}

function install(state: State, appId: number, names: readonly string[]): Installation {
  const app = appOf(state, appId);
  const repositories = names.map((name) => knownRepository(state, name));
  const [account, ...others] = new Set(repositories.map(({ owner }) => owner));
  if (account === undefined || others.length > 0) {
    throw new Error(`An installation is in one account and has repositories of it, not ${names.join(", ") || "none"}.`);
  }
  const known = [...state.installations.values()].find((one) => one.app === app && one.account === account);
  if (known) {
    const added = repositories.filter((repository) => !known.repositories.has(repository));
    for (const repository of added) known.repositories.add(repository);
    const payload = {
      installation: installationView(state, known),
      repository_selection: "selected",
      repositories_added: added.map(namesOf),
      repositories_removed: [],
      requester: null,
    };
    tell(state, known, { event: "installation_repositories", action: "added", sender: account, payload });
    return known;
  }
  const installation = { id: state.nextId(), app, account, repositories: new Set(repositories), createdAt: timestamp() };
  state.installations.set(installation.id, installation);
  const payload = {
    installation: installationView(state, installation),
    repositories: repositories.map(namesOf),
    requester: null,
  };
  tell(state, installation, { event: "installation", action: "created", sender: account, payload });
  return installation;
}

function appOf(state: State, id: number): App {
  const app = state.apps.get(id);
  if (!app) throw new Error(`There is no app ${id} on the embedded GitHub; create it first.`);
  return app;
}

function namesOf({ id, name, fullName, settings }: Repository) {
  return { id, node_id: nodeId("Repository", id), name, full_name: fullName, private: !settings.isPublic };
}

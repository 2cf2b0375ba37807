import * as z from "zod/mini";
import type { AppAccount, Delivery, GitHubApp, Installation, InstalledRepository } from "../github-app.ts";
import { createRequests, type OctokitLike } from "./api.ts";
import { githubThrough } from "./octokit-github.ts";

/** An Octokit that signs in as an installation. */
export interface InstallationOctokit extends OctokitLike {
  auth(options: { type: "installation"; refresh: true }): Promise<unknown>;
}

/** What there is to sign in with, such as Probot's `auth()` and `auth(installationId)`. */
export interface AppOctokits {
  asApp(): Promise<OctokitLike>;
  asInstallation(id: number): Promise<InstallationOctokit>;
}

const appSchema = z.object({ id: z.int(), slug: z.string() });
const accountSchema = z.object({ id: z.int(), login: z.string() });

const installationSchema = z.pipe(
  z.object({
    id: z.int(),
    // An enterprise has a slug instead.
    account: z.nullable(z.union([z.object({ login: z.string() }), z.object({ slug: z.string() })])),
    suspended_at: z.nullish(z.string()),
  }),
  z.transform(
    ({ id, account, suspended_at }): Installation => ({
      id,
      account: account === null ? "ghost" : "login" in account ? account.login : account.slug,
      suspended: typeof suspended_at === "string",
    }),
  ),
);

const repositorySchema = z.pipe(
  z.object({ id: z.int(), name: z.string(), owner: z.object({ login: z.string() }) }),
  z.transform(({ id, name, owner }): InstalledRepository => ({ id, name, owner: owner.login })),
);

const deliverySchema = z.pipe(
  z.object({
    id: z.int(),
    guid: z.string(),
    event: z.string(),
    delivered_at: z.string(),
    status_code: z.int(),
    redelivery: z.boolean(),
  }),
  z.transform(
    (delivery): Delivery => ({
      id: delivery.id,
      guid: delivery.guid,
      event: delivery.event,
      deliveredAt: delivery.delivered_at,
      statusCode: delivery.status_code,
      redelivery: delivery.redelivery,
    }),
  ),
);

/** The app on GitHub through Octokits that somebody else signs in. */
export function createGitHubApp(octokits: AppOctokits): GitHubApp {
  const signedIn = new Map<number, Promise<InstallationOctokit>>();
  const asInstallation = (id: number) => once(signedIn, id, () => octokits.asInstallation(id));
  const accounts = new Map<string, Promise<AppAccount>>();

  async function requestsOfApp() {
    return createRequests(await octokits.asApp(), { isApp: true });
  }

  async function callerOf(id: number) {
    const octokit = await asInstallation(id);
    const renew = async () => void (await octokit.auth({ type: "installation", refresh: true }));
    return { octokit, caller: { isApp: true, renew } };
  }

  /** No app may ask who it is without an installation: its own JWT opens only what is about the app. */
  async function botOf(slug: string, installationId: number): Promise<AppAccount> {
    const { octokit, caller } = await callerOf(installationId);
    const login = `${slug}[bot]`;
    const asked = { what: `read the account ${login}`, permission: "metadata: read" };
    return createRequests(octokit, caller).send(accountSchema, "GET /users/{username}", { username: login }, asked);
  }

  async function registration() {
    const asked = { what: "say which app this is", permission: "metadata: read" };
    return (await requestsOfApp()).send(appSchema, "GET /app", {}, asked);
  }

  async function installations(): Promise<readonly Installation[]> {
    const asked = { what: "list the app's installations", permission: "metadata: read" };
    return (await requestsOfApp()).list(installationSchema, "GET /app/installations", {}, asked);
  }

  const viewerThrough = (installationId: number) =>
    once(accounts, "bot", async () => botOf((await registration()).slug, installationId));

  return {
    async about() {
      const app = await registration();
      const somewhere = (await installations()).find(({ suspended }) => !suspended);
      return { ...app, bot: somewhere && (await viewerThrough(somewhere.id)) };
    },
    installations,
    async repositories(installationId) {
      const { octokit, caller } = await callerOf(installationId);
      const asked = { what: `list the repositories of installation ${installationId}`, permission: "metadata: read" };
      return createRequests(octokit, caller).list(repositorySchema, "GET /installation/repositories", {}, asked);
    },
    async connect(installationId, repository, signal) {
      const { octokit, caller } = await callerOf(installationId);
      return githubThrough(octokit, repository, { ...caller, signal, viewer: () => viewerThrough(installationId) });
    },
    async deliveries(since) {
      const asked = { what: "list the app's webhook deliveries", permission: "metadata: read" };
      const isPast = ({ deliveredAt }: Delivery) => Date.parse(deliveredAt) < since.getTime();
      return (await requestsOfApp()).list(deliverySchema, "GET /app/hook/deliveries", {}, asked, { isPast });
    },
    async redeliver(id) {
      const asked = { what: `send webhook delivery ${id} again`, permission: "metadata: read" };
      const route = "POST /app/hook/deliveries/{delivery_id}/attempts";
      await (await requestsOfApp()).once(z.unknown(), route, { delivery_id: id }, asked);
    },
  };
}

/** What the key has, made at the first call; a failure is forgotten. */
function once<Key, Value>(known: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  value.catch(() => known.delete(key));
  return value;
}

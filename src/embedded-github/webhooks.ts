import { createHmac, randomUUID } from "node:crypto";
import type { Letter } from "./post.ts";
import { type App, type Installation, type Repository, type State, userOf, type Webhook, type WebhookAttempt } from "./state.ts";
import { repositoryView } from "./views/repositories.ts";
import { nodeId, simpleUser } from "./views/users.ts";

/** Something that apps hear of, if they are installed there and asked for it. */
export interface Happening {
  event: string;
  /** Few events have none. */
  action?: string | undefined;
  repository: Repository;
  /** Login of who did it. */
  sender: string;
  payload: Readonly<Record<string, unknown>>;
  /** The only app that it concerns. */
  onlyFor?: App | undefined;
}

/** Tells the apps. The payload is what is the case now, however long it is on its way. */
export function emit(state: State, happening: Happening): void {
  const { event, repository, onlyFor } = happening;
  for (const installation of state.installations.values()) {
    const { app, repositories } = installation;
    if (!repositories.has(repository) || !app.events.includes(event) || (onlyFor && onlyFor !== app)) continue;
    tell(state, installation, happening, {
      installation: { id: installation.id, node_id: nodeId("Installation", installation.id) },
    });
  }
}

/** Tells the installation's app, asked for or not. */
export function tell(
  state: State,
  installation: Installation,
  { event, action, repository, sender, payload }: Omit<Happening, "repository"> & { repository?: Repository | undefined },
  more: Readonly<Record<string, unknown>> = {},
): void {
  if (!installation.app.webhook) return;
  const owner = repository && userOf(state, repository.owner);
  const body = {
    ...(action !== undefined && { action }),
    ...payload,
    ...(repository && { repository: repositoryView(state, repository) }),
    ...(owner?.type === "Organization" && { organization: organisationView(state, owner.login) }),
    ...more,
    sender: simpleUser(state, userOf(state, sender)),
  };
  const webhook = { guid: randomUUID(), app: installation.app, installation, repository, event, action };
  state.post.take(letterOf(state, { ...webhook, payload: JSON.stringify(body) }, false));
}

/** GitHub's `organization-simple-webhooks`. */
function organisationView(state: State, login: string) {
  const { id } = userOf(state, login);
  const url = `${state.url}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${state.serverUrl}/avatars/${id}`,
    description: null,
  };
}

export function letterOf(state: State, webhook: Webhook, redelivery: boolean): Letter {
  const headers = headersOf(webhook);
  const record = (attempt: Pick<WebhookAttempt, "status" | "statusCode" | "answer" | "seconds">) => {
    const deliveredAt = new Date(state.now()).toISOString();
    state.webhookAttempts.push({ id: state.nextId(), webhook, redelivery, headers, deliveredAt, ...attempt });
  };
  return {
    webhook,
    redelivery,
    send: async () => {
      const start = Date.now();
      const outcome = await post(webhook, headers);
      record({ ...outcome, seconds: (Date.now() - start) / 1000 });
    },
    lose: () => record({ ...lost("failed to connect to host"), seconds: 0 }),
  };
}

function headersOf({ app, guid, event, payload }: Webhook): Readonly<Record<string, string>> {
  const secret = app.webhook?.secret;
  const signature = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, secret ?? "")
      .update(payload)
      .digest("hex")}`;
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/embedded",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(app.webhook?.id),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    ...(secret !== undefined && { "x-hub-signature": signature("sha1"), "x-hub-signature-256": signature("sha256") }),
  };
}

const answerWithinMs = 10_000;

async function post(webhook: Webhook, headers: Readonly<Record<string, string>>) {
  try {
    const response = await fetch(webhook.app.webhook?.url ?? "", {
      method: "POST",
      headers,
      body: webhook.payload,
      redirect: "manual",
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const answer = { headers: Object.fromEntries(response.headers), body: await response.text() };
    return { status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`, statusCode: response.status, answer };
  } catch (error) {
    return lost(error instanceof Error && error.name === "TimeoutError" ? "timed out" : "failed to connect to host");
  }
}

function lost(status: string) {
  return { status, statusCode: 0, answer: { headers: {}, body: "" } };
}

/** For tests that lose webhooks, repeat them or mix them up. */
export interface WebhookControls {
  /** From now on webhooks wait. */
  holdWebhooks(): void;
  /**
   * Sends those that wait, one after another, and ends the hold.
   * @param arrange what is sent, in which order: what is left out is lost and listed as failed, what comes twice is sent twice
   * @param together sends them side by side instead
   */
  releaseWebhooks(
    arrange?: (waiting: readonly Letter[]) => readonly Letter[],
    options?: { together?: boolean | undefined },
  ): Promise<void>;
  /** Resolves when every webhook that was sent has its answer; those that are held do not count. */
  settled(): Promise<void>;
  /** Tries that are over, oldest first. */
  readonly webhookAttempts: readonly WebhookAttempt[];
}

export function createWebhookControls(state: State): WebhookControls {
  return {
    holdWebhooks: () => state.post.hold(),
    releaseWebhooks: async (arrange = (waiting) => waiting, { together = false } = {}) => {
      const waiting = state.post.release();
      const letters = arrange(waiting);
      for (const letter of waiting) if (!letters.includes(letter)) letter.lose();
      if (together) await Promise.all(letters.map((letter) => state.post.send(letter)));
      else for (const letter of letters) await state.post.send(letter);
    },
    settled: () => state.post.settled(),
    webhookAttempts: state.webhookAttempts,
  };
}

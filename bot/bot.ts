import { setTimeout as sleep } from "node:timers/promises";
import { Probot, ProbotOctokit } from "probot";
import { appOctokitDefaults } from "../src/github/octokit/app-octokit.ts";
import { before } from "./before.ts";
import { type Config, webUrlOf } from "./config.ts";
import { takeIn } from "./intake.ts";
import { createLog, type Log } from "./log.ts";
import { type Contact, createContact } from "./operations/contact.ts";
import { createMetrics, type Metrics } from "./operations/metrics.ts";
import { htmlPage } from "./operations/page.ts";
import { renderStatus } from "./operations/status-page.ts";
import { createTroubles, type Troubles } from "./operations/troubles.ts";
import { type OpenStore, openStore } from "./queue/open-store.ts";
import type { QueueTimes } from "./queue/queues.ts";
import { ComeBackLater, type Reconcile } from "./queue/store.ts";
import { redact, secretsOf } from "./redact.ts";
import { type Page, startServer } from "./server.ts";

/** What reconciling needs of the running app. */
export interface BotParts {
  config: Config;
  /** Signs in as the app and its installations. */
  probot: Probot;
  store: OpenStore;
  metrics: Metrics;
  /** Is told what became of every call to GitHub. */
  contact: Contact;
  log: Log;
}

export interface RunningBot {
  url: string;
  store: OpenStore;
  metrics: Metrics;
  /** Takes no more webhooks, finishes or hands back what is being worked on, and closes the store. */
  stop(): Promise<void>;
}

/** What the app does with what it hears, and with what it did not hear. */
export interface Work {
  reconcile: Reconcile;
  /** @param everything also what seems settled: after a time in which nobody listened */
  sweep(everything: boolean, signal: AbortSignal): Promise<object>;
}

export interface BotOptions {
  /** Of the queue, where others than the usual ones are wanted. */
  times?: Partial<QueueTimes> | undefined;
  /** Where lines of the log go; default: stdout. */
  writeLog?: ((line: string) => void) | undefined;
}

/** Starts the app: intake, queue, sweeps and pages. */
export async function startBot(
  config: Config,
  createWork: (parts: BotParts) => Work,
  { times = {}, writeLog = (line) => void process.stdout.write(line) }: BotOptions = {},
): Promise<RunningBot> {
  const { appId, privateKey, webhookSecret: secret, apiUrl: baseUrl, logLevel } = config;
  const Octokit = ProbotOctokit.defaults(appOctokitDefaults(baseUrl));
  const troubles = createTroubles();
  const log = createLog({ level: logLevel, secrets: secretsOf(config), write: writeLog, tell: troubles.tell });
  // Its type is pino's whole class; Probot and Octokit only write into it.
  const probotLog = log as unknown as Probot["log"];
  const probot = new Probot({ appId, privateKey, secret, baseUrl, Octokit, logLevel, log: probotLog });
  await probot.ready();
  const store = await openStore(config.store, { ...times, log });
  try {
    const metrics = createMetrics();
    const contact = createContact();
    const work = createWork({ config, probot, store, metrics, contact, log });
    await store.worker.start(counted(work.reconcile, metrics));
    const verify = (body: string, signature: string) => probot.webhooks.verify(body, signature);
    const server = await startServer(config.host, config.port, {
      takeIn: (delivery) => takeIn(delivery, { appId, verify, store, metrics, log }),
      pages: pages({ store, metrics, contact, troubles, config, log }),
      log,
    });
    const stopSweeping = startSweeping(work, log);
    log.info({ url: server.url, store: "url" in config.store ? "PostgreSQL" : config.store.folder }, "Assay listens");
    return {
      url: server.url,
      store,
      metrics,
      async stop() {
        await server.close();
        await stopSweeping();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const sweepEvery = 15 * 60_000;

/** At once, and then every now and then; one after the other. @returns ends it */
function startSweeping({ sweep }: Work, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const sweeping = (async () => {
    for (let everything = true; !signal.aborted; everything = false) {
      try {
        log.info(await sweep(everything, signal), "swept");
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, "the sweep failed; the next one is in a quarter of an hour");
      }
      await sleep(sweepEvery, undefined, { signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await sweeping;
  };
}

function counted(reconcile: Reconcile, metrics: Metrics): Reconcile {
  return async (subject, signal) => {
    try {
      await reconcile(subject, signal);
      metrics.looked("done");
    } catch (error) {
      metrics.looked(error instanceof ComeBackLater ? "postponed" : "failed");
      throw error;
    }
  };
}

/** Whoever asks for health waits a few seconds. */
const storeMilliseconds = 3_000;

function pages({
  store,
  metrics,
  contact,
  troubles,
  config,
  log,
}: Omit<BotParts, "probot"> & { troubles: Troubles }): Record<string, () => Promise<Page>> {
  const text = (status: number, body: string): Page => ({ status, type: "text/plain; charset=utf-8", body });
  const overview = () =>
    before(AbortSignal.timeout(storeMilliseconds), store.overview()).catch((error: unknown) => {
      log.error({ err: error }, "the store does not answer");
      return undefined;
    });
  const webUrl = webUrlOf(config.apiUrl);
  const secrets = secretsOf(config);
  return {
    async "/healthz"() {
      if ((await overview()) === undefined) return text(503, "The store does not answer.\n");
      const { failing } = contact.standing();
      // Still healthy: deliveries are kept, and neither a restart nor another process would reach GitHub.
      if (failing) return text(200, `ok\nGitHub fails since ${failing.since.toISOString()}: ${redact(failing.why, secrets)}\n`);
      return text(200, "ok\n");
    },
    async "/metrics"() {
      const { type, text: body } = await metrics.text(await overview(), contact.standing());
      return { status: 200, type, body };
    },
    async "/"() {
      const seen = await overview();
      if (seen === undefined) return text(503, "The store does not answer.\n");
      const subjects = (await store.subjects()).map(({ error, ...subject }) => ({
        ...subject,
        error: error && redact(error, secrets),
      }));
      const { lastAnswer, failing } = contact.standing();
      const standing = { lastAnswer, failing: failing && { ...failing, why: redact(failing.why, secrets) } };
      const facts = { overview: seen, subjects, contact: standing, troubles: troubles.last(), webUrl, now: new Date() };
      return htmlPage(200, "Assay: status", renderStatus(facts));
    },
  };
}

import { writeSync } from "node:fs";
import { App, Octokit } from "octokit";
import { startBot } from "../../bot/bot.ts";
import type { Config } from "../../bot/config.ts";
import { createReconcile } from "../../bot/reconcile/reconcile.ts";
import { keyOf } from "../../bot/subject.ts";
import { githubThrough } from "../../src/github/octokit/octokit-github.ts";

export interface Replica {
  config: Config;
  serverUrl: string;
  slug: string;
  bot: { id: number; login: string };
}

/** One process of the app: says where it listens, and of each look at a subject what and when. */
const { config, serverUrl, slug, bot }: Replica = JSON.parse(process.argv[2] ?? "");
const octokit = new App({
  appId: config.appId,
  privateKey: config.privateKey,
  Octokit: Octokit.defaults({ baseUrl: config.apiUrl, throttle: { enabled: false } }),
});
const { url } = await startBot(config, ({ store }) => {
  const reconcile = createReconcile({
    store,
    app: {
      about: async () => ({ id: config.appId, slug, bot }),
      installations: async () => [],
      repositories: async () => [],
      connect: async (id, repository, signal) =>
        githubThrough(await octokit.getInstallationOctokit(id), repository, { viewer: async () => bot, signal }),
      deliveries: async () => [],
      redeliver: async () => undefined,
    },
    bot,
    serverUrl,
    deadlines: { run: 15, end: 60 * 48 },
    commits: new Map(),
    now: () => new Date(),
    log: () => undefined,
    effect: () => undefined,
  });
  return async (subject, signal) => {
    writeSync(1, `look ${keyOf(subject)} ${Date.now()}\n`);
    await reconcile(subject, signal);
  };
});
writeSync(1, `listens ${url}\n`);
process.once("SIGTERM", () => process.exit(0));

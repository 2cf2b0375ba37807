import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBot } from "../../bot/bot.ts";
import { createManifest } from "../../bot/operations/manifest.ts";
import { createWork } from "../../bot/work.ts";
import type { EmbeddedGitHub } from "../embedded-github/embedded-github.ts";

/** Assay's app as `npm run bot` starts it: registered, installed on one repository, with a store of its own. */
export interface DemoApp {
  /** Resolves when it has heard of everything that happened on GitHub, and done what follows. @throws Error when it could not */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder empty, for the app's store */
export async function startApp(github: EmbeddedGitHub, repository: string, folder: string): Promise<DemoApp> {
  const { default_permissions: permissions, default_events: events } = createManifest("", "");
  const webhookSecret = randomBytes(24).toString("hex");
  const app = await github.createApp({ slug: "assay", permissions, events });
  await github.installApp(app.id, [repository]);
  const config = {
    ...{ appId: app.id, privateKey: app.privateKey, webhookSecret, apiUrl: github.url },
    ...{ host: "127.0.0.1", port: 0, store: { folder: join(folder, "app") }, logLevel: "fatal" as const },
  };
  const bot = await startBot(config, createWork);
  await github.setWebhook(app.id, { url: `${bot.url}/webhooks`, secret: webhookSecret });
  return {
    async settled() {
      for (let quiet = false; !quiet; ) {
        await github.settled();
        const { waiting, active } = await bot.store.overview();
        const failure = await failureIn(bot.store);
        if (failure !== undefined) throw new Error(`The app could not do its work: ${failure}`);
        quiet = waiting + active === 0;
        if (!quiet) await sleep(20);
      }
      const refused = github.webhookAttempts.find(({ statusCode }) => statusCode < 200 || statusCode > 299);
      if (refused) throw new Error(`The app refused a webhook ${refused.webhook.event}: ${refused.status}`);
    },
    stop: () => bot.stop(),
  };
}

/** Of what waits for another try, or was given up; what is wanted on a later day waits too, and failed in nothing. */
async function failureIn(store: Awaited<ReturnType<typeof startBot>>["store"]): Promise<string | undefined> {
  const waiting = (await store.subjects()).filter(({ state }) => state === "postponed" || state === "dead");
  return waiting.find(({ error }) => error !== undefined)?.error;
}

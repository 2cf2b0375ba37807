import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type BotParts, type RunningBot, startBot, type Work } from "../../bot/bot.ts";
import { createWork } from "../../bot/work.ts";
import type { CreatedApp } from "../../src/embedded-github/apps.ts";
import type { EmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { createStoreFolder } from "../bot/store-folder.ts";
import { appEvents, appPermissions } from "../bot/test-app.ts";

export interface RunningApp {
  bot: RunningBot;
  app: CreatedApp;
  installation: number;
  /** Until every webhook is delivered and nothing is left to be done. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

const webhookSecret = "the secret of a scenario";

/** The app as it runs, installed in the repositories, which hears of everything by signed webhooks. */
export async function runApp(
  github: EmbeddedGitHub,
  repositories: readonly string[],
  work: (parts: BotParts) => Work = createWork,
): Promise<RunningApp> {
  const folder = await createStoreFolder();
  const port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/webhooks`;
  const app = await github.createApp({
    slug: "assay",
    permissions: appPermissions,
    events: appEvents,
    webhookUrl,
    webhookSecret,
  });
  const { installationId: installation } = await github.installApp(app.id, repositories);
  const { id: appId, privateKey } = app;
  const place = { host: "127.0.0.1", port, store: { folder }, apiUrl: github.url };
  const bot = await startBot({ ...place, appId, privateKey, webhookSecret, logLevel: "fatal" }, work);
  /** What fails or is limited comes back soon; what is wanted on a later day, such as at the end of a waiver, is not waited for. */
  const postponed = async () => {
    const soon = Date.now() + 60 * 60_000;
    return (await bot.store.subjects(1_000)).filter(({ state, at }) => state === "postponed" && at.getTime() < soon).length;
  };
  return {
    bot,
    app,
    installation,
    async rest() {
      for (let quiet = 0; quiet < 2; ) {
        await github.settled();
        const { waiting, active } = await bot.store.overview();
        quiet = waiting + active + (await postponed()) === 0 ? quiet + 1 : 0;
        await sleep(50);
      }
    },
    async stop() {
      await bot.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

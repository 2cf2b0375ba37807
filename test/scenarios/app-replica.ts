import { writeSync } from "node:fs";
import { startBot } from "../../bot/bot.ts";
import type { Config } from "../../bot/config.ts";
import { keyOf } from "../../bot/subject.ts";
import { createWork } from "../../bot/work.ts";

/** One process of the app: says where it listens, and of each look at a subject what and when. */
const config: Config = JSON.parse(process.argv[2] ?? "");
const { url } = await startBot(config, (parts) => {
  const work = createWork(parts);
  return {
    ...work,
    async reconcile(subject, signal) {
      writeSync(1, `look ${keyOf(subject)} ${Date.now()}\n`);
      await work.reconcile(subject, signal);
    },
  };
});
writeSync(1, `listens ${url}\n`);
process.once("SIGTERM", () => process.exit(0));

import { writeSync } from "node:fs";
import { startBot } from "../../bot/bot.ts";
import type { Config } from "../../bot/config.ts";
import { createWork } from "../../bot/work.ts";

/** The app as a process of its own that is killed: it says where it listens. A worker that died is missed soon. */
const config: Config = JSON.parse(process.argv[2] ?? "");
const { url } = await startBot(config, createWork, {
  times: { heartbeatSeconds: 10, superviseSeconds: 1, retryDelaySeconds: 1 },
});
writeSync(1, `listens ${url}\n`);

import { AssayError, UsageError } from "../src/errors/errors.ts";
import { createNodeFiles } from "../src/files/node-files.ts";
import { help, readArguments, type Task } from "./arguments.ts";
import { startBot } from "./bot.ts";
import { dataFolder, readConfig, readSetup, readStore } from "./config.ts";
import { silentLog } from "./log.ts";
import { environmentFile } from "./operations/environment-file.ts";
import { startSetup } from "./operations/setup.ts";
import { type OpenStore, openStore } from "./queue/open-store.ts";
import { createWork } from "./work.ts";

try {
  await perform(readArguments(process.argv.slice(2)));
} catch (error) {
  const isOurs = error instanceof AssayError;
  console.error(isOurs ? error.message : error);
  process.exit(isOurs ? error.exitCode : 70);
}

async function perform(task: Task): Promise<void> {
  if (task.task === "help") return void process.stdout.write(help);
  const environment = { ...(await environmentFile(createNodeFiles(), dataFolder(process.env))), ...process.env };
  if (task.task === "retry-dead" || task.task === "accept-ledger") {
    const store = await openStore(readStore(environment), { log: silentLog });
    try {
      process.stdout.write(await ("lostTip" in task ? acceptLedger(store, task.lostTip) : retryDead(store)));
    } finally {
      await store.close();
    }
  } else if (task.task === "setup") {
    const setup = await startSetup({ ...task, ...readSetup(environment) });
    process.stderr.write(`Open ${setup.url}/setup in your browser.\n`);
    onStop(() => setup.close());
  } else {
    const starting = startBot(await readConfig(environment), createWork);
    // What is half started is started, and then ended in order.
    onStop(async () => (await starting).stop());
    await starting;
  }
}

async function retryDead(store: OpenStore): Promise<string> {
  const count = await store.retryDead();
  return `${count} ${count === 1 ? "subject waits" : "subjects wait"} again.\n`;
}

async function acceptLedger(store: OpenStore, lostTip: string): Promise<string> {
  if ((await store.acceptLedger(lostTip)) === 0)
    throw new UsageError(`No ledger was last seen at ${lostTip}. The report names the commit: take it from there, whole.`);
  return "The ledger is taken as it is when it is read next: any event on a pull request has it read.\n";
}

function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const [signal, number] of [
    ["SIGTERM", 15],
    ["SIGINT", 2],
  ] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(128 + number);
      isStopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(70);
        },
      );
    });
}

import { setTimeout as sleep } from "node:timers/promises";
import { lockFolder } from "../../../bot/queue/folder-lock.ts";

// Once it is told a time it tries to lock the folder at that time, says what came of it, and keeps what it has until it is ended.
const [folder = ""] = process.argv.slice(2);
process.stdout.write("ready\n");
for await (const chunk of process.stdin) {
  await sleep(Number(String(chunk)) - Date.now());
  try {
    lockFolder(folder);
    process.stdout.write("has it\n");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  }
}

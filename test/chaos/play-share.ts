import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { openStoreOn } from "../../bot/queue/open-store.ts";
import { openPglite } from "../../bot/queue/pglite.ts";
import { createAppKeys } from "../../src/embedded-github/app-tokens.ts";
import { planSchedule } from "./plan-schedule.ts";
import { playSchedule, type Tally } from "./play-schedule.ts";
import type { Weakening } from "./weaken.ts";

/** The schedules of one thread. */
export interface Share {
  seeds: readonly number[];
  weakening: Weakening | undefined;
}

export interface Played {
  seed: number;
  tally: Tally;
}

/** Schedules wait for GitHub and for pauses most of the time: several are played side by side, each on a database of its own. */
const lanes = 4;

const { seeds, weakening }: Share = workerData;
const keys = await createAppKeys();
const left = [...seeds];
await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, playLane));

async function playLane(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-chaos-"));
  const database = await openPglite(folder);
  // The tables are made once; every process then finds them as after a restart.
  await (await openStoreOn({ ...database, close: async () => undefined })).close();
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    const tally = await playSchedule(planSchedule(seed), { database, keys, weakening });
    parentPort?.postMessage({ seed, tally } satisfies Played);
  }
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

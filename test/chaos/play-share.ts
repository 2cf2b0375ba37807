import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { openStoreOn } from "../../bot/queue/open-store.ts";
import { openPglite } from "../../bot/queue/pglite.ts";
import { createAppKeys } from "../../src/embedded-github/app-tokens.ts";
import { planSchedule } from "./plan-schedule.ts";
import { playSchedule, type Stage, type Tally } from "./play-schedule.ts";
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

/** A schedule takes seconds; one that stands still is a flaw of its own. */
const longestMilliseconds = 180_000;
const neverEnded: Tally = {
  lost: ["it never ended"],
  duplicate: [],
  wrong: [],
  faults: 0,
  deaths: 0,
  lostDeliveries: 0,
  effects: 0,
};

/** Schedules wait for GitHub and for pauses most of the time: several are played side by side, each on a database of its own. */
const lanes = 4;

const { seeds, weakening }: Share = workerData;
const keys = await createAppKeys();
const left = [...seeds];
const folder = mkdtempSync(join(tmpdir(), "assay-chaos-"));
await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, playLane));
rmSync(folder, { recursive: true, force: true });
process.exit(0);

async function playLane(): Promise<void> {
  let stage = await openStage();
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    const tally = await Promise.race([playSchedule(planSchedule(seed), stage), sleep(longestMilliseconds)]);
    parentPort?.postMessage({ seed, tally: tally ?? neverEnded } satisfies Played);
    // What hangs keeps its database.
    if (!tally) stage = await openStage();
  }
  await stage.database.close();
}

async function openStage(): Promise<Stage> {
  const database = await openPglite(mkdtempSync(join(folder, "lane-")));
  // The tables are made once; every process then finds them as after a restart.
  await (await openStoreOn({ ...database, close: async () => undefined })).close();
  return { database, keys, weakening };
}

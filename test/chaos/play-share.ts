import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createAppKeys } from "../../src/embedded-github/app-tokens.ts";
import { planSchedule } from "./plan-schedule.ts";
import { playSchedule, type Tally } from "./play-schedule.ts";
import { openStage } from "./stage.ts";
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

/** A schedule takes seconds, minutes on a machine that is busy with other things; one that stands still is a flaw of its own. */
const longestMilliseconds = 600_000;
const nothing = {
  duplicate: [],
  wrong: [],
  faults: 0,
  deaths: 0,
  lostDeliveries: 0,
  effects: 0,
  records: 0,
  trainings: 0,
};
const never = (story: readonly string[]): Tally => ({ ...nothing, lost: ["it never ended"], story });
const broken = (error: unknown, story: readonly string[]): Tally => ({
  ...nothing,
  lost: [`it broke: ${error instanceof Error ? error.stack : error}`],
  story,
});

/** Schedules wait for GitHub and for pauses most of the time: several are played side by side, each on a database of its own. */
const lanes = 6;

const { seeds, weakening }: Share = workerData;
const keys = await createAppKeys();
const left = [...seeds];
await Promise.all(Array.from({ length: Math.min(lanes, seeds.length) }, playLane));
process.exit(0);

async function playLane(): Promise<void> {
  let stage = await openStage(keys);
  for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
    const ended = new AbortController();
    const story: string[] = [];
    const playing = playSchedule(planSchedule(seed), stage, story, weakening)
      .catch((error) => broken(error, story))
      .finally(() => ended.abort());
    const over = sleep(longestMilliseconds, undefined, { signal: ended.signal }).catch(() => playing);
    const tally = await Promise.race([playing, over]);
    parentPort?.postMessage({ seed, tally: tally ?? never(story) } satisfies Played);
    // What hangs keeps its database.
    if (tally === undefined) stage = await openStage(keys);
  }
  await stage.close();
}

import { parentPort, workerData } from "node:worker_threads";
import { type Played, playTrial } from "./play-trial.ts";
import { openShop } from "./shop.ts";
import { nameTrial, type Trial } from "./trials.ts";

/** The trials of one thread. */
export interface TrialShare {
  trials: readonly Trial[];
}

export interface TrialOutcome {
  name: string;
  outcome: Played;
}

/** A shop's lists grow with every promotion, and a list of more than one page takes other requests. */
const trialsAShop = 20;
/** Promotions wait for git and GitHub most of the time. */
const lanes = 3;

const { trials }: TrialShare = workerData;
const left = [...trials];
await Promise.all(Array.from({ length: Math.min(lanes, left.length) }, playLane));
process.exit(0);

async function playLane(): Promise<void> {
  while (left.length > 0) {
    const shop = await openShop();
    for (let played = 0; played < trialsAShop; played += 1) {
      const trial = left.shift();
      if (trial === undefined) break;
      const outcome = await playTrial(shop, trial).catch(broken);
      parentPort?.postMessage({ name: nameTrial(trial), outcome } satisfies TrialOutcome);
    }
    await shop.close();
  }
}

function broken(error: unknown): Played {
  const what = error instanceof Error ? error.stack : error;
  return { tries: 0, deaths: 0, faults: 0, promoted: 0, refused: 0, doubled: [], lost: [`it broke: ${what}`], wrong: [] };
}

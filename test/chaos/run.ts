/**
 * `npm run chaos -- [--schedules 500] [--seed 1] [--weaken lock | read-back]`: plays seeded schedules of what people do while processes
 * are killed, deliveries lost, repeated and mixed up, and requests fail. The last line counts; the exit code is 1 when anything was
 * lost, done twice or wrong. A schedule that failed is played again by its `--seed` with `--schedules 1`.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Played, Share } from "./play-share.ts";

const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    weaken: { type: "string" },
  },
});
const schedules = Number(values.schedules);
const first = Number(values.seed);
const { weaken } = values;
if (
  !Number.isInteger(schedules) ||
  schedules < 1 ||
  !Number.isInteger(first) ||
  !["lock", "read-back", undefined].includes(weaken)
) {
  process.stderr.write("Usage: npm run chaos -- [--schedules <number>] [--seed <number>] [--weaken lock | read-back]\n");
  process.exit(2);
}

const seeds = Array.from({ length: schedules }, (_, place) => first + place);
const threads = Math.min(availableParallelism(), schedules);
const sum = { faults: 0, deaths: 0, lostDeliveries: 0, effects: 0, lost: 0, duplicate: 0, wrong: 0 };
let played = 0;
await Promise.all(
  Array.from({ length: threads }, (_, thread) => playInThread(seeds.filter((_, place) => place % threads === thread))),
);
process.stdout.write(
  `chaos: ${schedules} schedules, ${sum.deaths} kills, ${sum.faults} faults, ${sum.lostDeliveries} lost deliveries, ${sum.effects} effects: ` +
    `${sum.lost} lost, ${sum.duplicate} duplicate, ${sum.wrong} wrong\n`,
);
if (sum.lost + sum.duplicate + sum.wrong > 0) process.exitCode = 1;

function playInThread(share: readonly number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const workerData: Share = { seeds: share, weakening: weaken === "lock" || weaken === "read-back" ? weaken : undefined };
    const worker = new Worker(new URL("play-share.ts", import.meta.url), { workerData });
    worker.on("message", count);
    worker.on("error", reject);
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A thread ended with ${code}.`))));
  });
}

function count({ seed, tally }: Played): void {
  played += 1;
  const { lost, duplicate, wrong, ...counts } = tally;
  for (const [name, value] of Object.entries(counts)) sum[name as keyof typeof counts] += value;
  for (const [kind, flaws] of Object.entries({ lost, duplicate, wrong })) {
    sum[kind as "lost"] += flaws.length;
    for (const flaw of flaws) process.stdout.write(`--seed ${seed}: ${kind}: ${flaw}\n`);
  }
  if (played % 50 === 0) process.stderr.write(`${played} of ${schedules}\n`);
}

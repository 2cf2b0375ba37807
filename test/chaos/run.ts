/**
 * `npm run chaos -- [--schedules 500] [--seed 1] [--weaken lock | read-back]`: plays seeded schedules of what people do while processes
 * are killed, deliveries lost, repeated and mixed up, and requests fail. The last line counts; the exit code is 1 when anything was
 * lost, done twice or wrong. A schedule that failed is told on stderr, and played again by its `--seed` with `--schedules 1`. Besides,
 * the app's process is killed for real, on PGlite and on PostgreSQL, by one in 250 schedules each.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { missingPostgresql, startPostgresql } from "../bot/postgresql.ts";
import type { Flaws } from "./inspect.ts";
import type { Played, Share } from "./play-share.ts";
import { inFolder, killForReal, type RealKills } from "./real-kills.ts";

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
const sum = { faults: 0, deaths: 0, realKills: 0, lostDeliveries: 0, effects: 0, lost: 0, duplicate: 0, wrong: 0 };
let played = 0;
await Promise.all([
  ...Array.from({ length: threads }, (_, thread) => playInThread(seeds.filter((_, place) => place % threads === thread))),
  ...(weaken === undefined ? [killProcesses(Math.floor(schedules / 250))] : []),
]);
process.stdout.write(
  `chaos: ${schedules} schedules, ${sum.deaths} simulated and ${sum.realKills} real kills, ${sum.faults} faults, ${sum.lostDeliveries} lost deliveries, ${sum.effects} effects: ` +
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

/** One after the other on either store. */
async function killProcesses(each: number): Promise<void> {
  const missing = each === 0 ? undefined : missingPostgresql();
  if (missing !== undefined) process.stdout.write(`No process is killed on PostgreSQL: ${missing}\n`);
  const postgresql = each > 0 && missing === undefined ? await startPostgresql() : undefined;
  const onEach = async (store: string, kill: (seed: number) => Promise<RealKills>) => {
    for (const seed of seeds.slice(0, each)) {
      const { kills, ...flaws } = await kill(seed);
      sum.realKills += kills;
      tell(`real kills ${seed} on ${store}`, flaws);
    }
  };
  await Promise.all([
    onEach("PGlite", (seed) => inFolder((folder) => killForReal(seed, { folder }))),
    postgresql && onEach("PostgreSQL", (seed) => killForReal(seed, { url: postgresql.createDatabase() })),
  ]);
  await postgresql?.stop();
}

function count({ seed, tally }: Played): void {
  played += 1;
  const { lost, duplicate, wrong, story, ...counts } = tally;
  for (const [name, value] of Object.entries(counts)) sum[name as keyof typeof counts] += value;
  tell(`--seed ${seed}`, { lost, duplicate, wrong });
  for (const line of story) process.stderr.write(`${line}\n`);
  if (played % 50 === 0) process.stderr.write(`${played} of ${schedules}\n`);
}

function tell(where: string, flaws: Flaws): void {
  for (const [kind, found] of Object.entries(flaws)) {
    sum[kind as keyof Flaws] += found.length;
    for (const flaw of found) process.stdout.write(`${where}: ${kind}: ${flaw}\n`);
  }
}

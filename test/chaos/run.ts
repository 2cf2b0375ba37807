/** `npm run chaos`; `--help` says what it does. The last line counts. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { missingPostgresql, startPostgresql } from "../bot/postgresql.ts";
import { parseChaosArguments, usage } from "./arguments.ts";
import type { Flaws } from "./inspect.ts";
import type { Played, Share } from "./play-share.ts";
import { runPromotionChaos } from "./promotion/run-trials.ts";
import { inFolder, killForReal, type RealKills } from "./real-kills.ts";

const [subject, ...rest] = process.argv.slice(2);
if (subject === "promotion") process.exit(await runPromotionChaos(rest));
const given = parseChaosArguments(process.argv.slice(2));
if (given === "help") {
  process.stdout.write(usage);
  process.exit(0);
}
if ("wrong" in given) {
  process.stderr.write(`${given.wrong}\n\n${usage}`);
  process.exit(2);
}
const { schedules, seed: first, weaken } = given;

const seeds = Array.from({ length: schedules }, (_, place) => first + place);
const threads = Math.min(availableParallelism(), schedules);
const counts = { faults: 0, deaths: 0, realKills: 0, lostDeliveries: 0, effects: 0, records: 0, trainings: 0 };
const sum = { ...counts, lost: 0, duplicate: 0, wrong: 0 };
let played = 0;
await Promise.all([
  ...Array.from({ length: threads }, (_, thread) => playInThread(seeds.filter((_, place) => place % threads === thread))),
  ...(weaken === undefined ? [killProcesses(Math.floor(schedules / 250))] : []),
]);
process.stdout.write(
  `chaos: ${schedules} schedules, ${sum.deaths} simulated and ${sum.realKills} real kills, ${sum.faults} faults, ${sum.lostDeliveries} lost deliveries, ${sum.effects} effects, ${sum.records} records, ${sum.trainings} trainings: ` +
    `${sum.lost} lost, ${sum.duplicate} duplicate, ${sum.wrong} wrong\n`,
);
if (sum.lost + sum.duplicate + sum.wrong > 0) process.exitCode = 1;

function playInThread(share: readonly number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const workerData: Share = { seeds: share, weakening: weaken };
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

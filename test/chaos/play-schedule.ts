import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { App } from "octokit";
import { type Answer, takeIn } from "../../bot/intake.ts";
import { silentLog } from "../../bot/log.ts";
import { createMetrics } from "../../bot/operations/metrics.ts";
import type { Database } from "../../bot/queue/database.ts";
import { type OpenStore, openStoreOn } from "../../bot/queue/open-store.ts";
import { jobs } from "../../bot/queue/queues.ts";
import type { Context } from "../../bot/reconcile/context.ts";
import { createReconcile } from "../../bot/reconcile/reconcile.ts";
import { sweep } from "../../bot/reconcile/sweep.ts";
import type { AppKeys } from "../../src/embedded-github/app-tokens.ts";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../src/embedded-github/pull-request-lifecycle.ts";
import { checkName } from "../../src/report/check.ts";
import { appEvents, appPermissions, connectApp } from "../bot/test-app.ts";
import { createContext, createPlace, type Place } from "../bot/world.ts";
import { better, worse } from "../flows/create-judgement.ts";
import { type Flaws, inspect } from "./inspect.ts";
import { createLife, Killed, type Life, mortalDatabase, mortalFetch } from "./mortal.ts";
import type { Act, Schedule, Turn } from "./plan-schedule.ts";
import { type Weakening, withoutReadBack } from "./weaken.ts";

/** What became of a schedule. */
export interface Tally extends Flaws {
  faults: number;
  deaths: number;
  lostDeliveries: number;
  effects: number;
}

/** What schedules share, one after the other. */
export interface Stage {
  database: Database;
  keys: AppKeys;
  weakening: Weakening | undefined;
}

/** One process of the app. */
interface Process {
  life: Life;
  store: OpenStore;
  context: Context;
}

interface Pull extends PullRequestShas {
  heads: string[];
  /** Whether the latest run on the head passes; undefined: there is none. */
  passes: boolean | undefined;
  /** The newest run on the head that has ended: it speaks for the head. */
  newest: number;
}

const secret = "of the chaos tests";
/** Retries have pauses, which are skipped; so many rounds are enough for all tries of a subject. */
const maxRounds = 30;

/** Plays a schedule to its end, lets the app sweep once without any more trouble, and looks at what there is. */
export async function playSchedule(schedule: Schedule, stage: Stage): Promise<Tally> {
  await stage.database.executeSql("truncate assay.delivery, assay.request, assay.memory; delete from assay_queue.job");
  const github = await startEmbeddedGitHub();
  const play = await createPlay(github, schedule, stage);
  try {
    for (const turn of schedule.turns) await play.take(turn);
    return await play.end();
  } finally {
    await play.close();
    await github.close();
  }
}

async function createPlay(github: EmbeddedGitHub, schedule: Schedule, { database, keys, weakening }: Stage) {
  const place = await createPlace({ github });
  let clock = 0;
  let effects = 0;
  let lives = 0;
  let lostDeliveries = 0;
  let quiet = false;
  const processes: (Process | undefined)[] = [undefined, undefined];
  const server = createServer(async (request, response) => {
    const header = (name: string) => request.headers[name]?.toString();
    const body = await text(request);
    const raw = {
      guid: header("x-github-delivery"),
      event: header("x-github-event"),
      signature: header("x-hub-signature-256"),
      body,
      deadline: AbortSignal.timeout(60_000),
    };
    const answer = await survive(0, (process) => accept(raw, process)).catch(() => undefined);
    // Nobody answers for a process that died.
    if (answer === undefined) response.destroy();
    else response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await github.createApp({
    slug: "assay",
    permissions: appPermissions,
    events: appEvents,
    webhookUrl,
    webhookSecret: secret,
    keys,
  });
  await github.installApp(app.id, [place.fullName]);
  for (const fault of schedule.faults) github.failNext(fault);

  /** A process is started when it is needed, and may die of that. */
  async function start(): Promise<Process> {
    const death = quiet ? undefined : schedule.deaths[lives];
    lives += 1;
    const life = createLife((step) => (step === death?.at ? death.how : undefined));
    const store = await openStoreOn(mortalDatabase(database, life));
    const connected = connectApp(github, app, mortalFetch(life));
    const context: Context = {
      ...createContext(github, weakening === "read-back" ? withoutReadBack(connected) : connected, store),
      now: () => new Date(Date.now() + clock),
      effect: () => {
        effects += 1;
      },
    };
    return { life, store, context };
  }

  /** Does something with a process. @returns undefined when it died of it */
  async function survive<T>(place: number, work: (process: Process) => Promise<T>): Promise<T | undefined> {
    try {
      const process = processes[place] ?? (await start());
      processes[place] = process;
      const result = await work(process);
      if (!process.life.dead) return result;
    } catch (error) {
      if (!(error instanceof Killed) && !processes[place]?.life.dead) throw error;
    }
    await bury(processes[place]);
    processes[place] = undefined;
    return undefined;
  }

  async function accept(raw: Parameters<typeof takeIn>[0], { store }: Process): Promise<Answer> {
    const webhooks = new App({ appId: app.id, privateKey: app.privateKey, webhooks: { secret } }).webhooks;
    const verify = (body: string, signature: string) => webhooks.verify(body, signature);
    return takeIn(raw, { appId: app.id, verify, store, metrics: createMetrics(), log: silentLog });
  }

  async function drain(place: number): Promise<void> {
    await survive(place, ({ store, context }) => store.worker.drain(createReconcile(context)));
  }

  /** Both look at everything, whoever else does. */
  async function workWithoutLock(): Promise<void> {
    const installation = (await github.installApp(app.id, [place.fullName])).installationId;
    const repository = { id: place.id, installation, owner: "acme", name: place.name };
    const looks = [0, 1].flatMap((process) => pulls.map(({ number }) => ({ process, number })));
    await Promise.all(
      looks.map(({ process, number }) =>
        survive(process, ({ context }) => {
          const reconcile = createReconcile(context);
          return reconcile({ kind: "pull-request", repository, number }, new AbortController().signal).catch(() => undefined);
        }),
      ),
    );
  }

  /** Whoever was killed is missed after a while, and pauses end. */
  async function timePasses(): Promise<void> {
    await database.executeSql(
      `update ${jobs} set state = 'retry', retry_count = retry_count + 1, start_after = now() where state = 'active';
       update ${jobs} set start_after = now() where ${isDueSoon}`,
    );
  }

  const pulls: Pull[] = [];
  for (let number = 0; number < schedule.pulls; number += 1) {
    const opened = await place.open({ "train.py": `of ${number}` }, { branch: `change-${number}` });
    pulls.push({ ...opened, heads: [opened.headSha], passes: undefined, newest: 0 });
  }
  const commands: { id: number; number: number }[] = [];

  return {
    async take({ act, deliveries, work, jump, expire }: Turn): Promise<void> {
      clock += jump * 1_000;
      if (expire) github.expireTokens();
      github.holdWebhooks();
      await perform(act, { place, pulls, commands });
      await github.releaseWebhooks(
        (waiting) => {
          const sent = deliveries.lose ? waiting.slice(1) : waiting;
          lostDeliveries += waiting.length - sent.length;
          const repeated = deliveries.twice ? [...sent, ...sent] : sent;
          return deliveries.reverse ? repeated.toReversed() : repeated;
        },
        { together: deliveries.together },
      );
      if (weakening === "lock") await workWithoutLock();
      if (work !== "none") await Promise.all((work === "both" ? [0, 1] : [0]).map(drain));
      await timePasses();
    },
    async end(): Promise<Tally> {
      quiet = true;
      for (const pull of pulls)
        if (pull.passes === undefined)
          await perform({ kind: "run", pull: pulls.indexOf(pull), passes: true }, { place, pulls, commands });
      await github.settled();
      const faults = github.endFaults();
      for (const place of [0, 1]) {
        await bury(processes[place]);
        processes[place] = undefined;
      }
      await timePasses();
      await survive(0, ({ context }) => sweep(context, { everything: true }, new AbortController().signal));
      await github.settled();
      for (let round = 0; round < maxRounds; round += 1) {
        await drain(0);
        if ((await countJobs(database)) === 0) break;
        await timePasses();
      }
      const flaws = inspect({ github, gitFolder: place.gitFolder, bot: app.bot.login, pulls, commands });
      const stuck = await countJobs(database);
      return {
        ...flaws,
        lost: [...flaws.lost, ...(stuck > 0 ? [`${stuck} subjects are never done with`] : [])],
        faults,
        deaths: Math.min(lives, schedule.deaths.length),
        lostDeliveries,
        effects,
      };
    },
    async close(): Promise<void> {
      for (const process of processes) await bury(process);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A pause, or another try; not a look that is wanted on a later day, such as when a waiver ends. */
const isDueSoon = "state in ('created', 'retry') and start_after < now() + interval '1 hour'";

/** Its timers must not outlive it; what it still tries to write has no effect. */
async function bury(process: Process | undefined): Promise<void> {
  await process?.store.close().catch(() => undefined);
}

async function countJobs(database: Database): Promise<number> {
  const { rows } = await database.executeSql(`select count(*)::int as count from ${jobs} where state = 'active' or ${isDueSoon}`);
  return Number(rows[0]?.["count"]);
}

interface Cast {
  place: Place;
  pulls: Pull[];
  commands: { id: number; number: number }[];
}

async function perform(act: Act, { place, pulls, commands }: Cast): Promise<void> {
  const { github } = place;
  const pull = pulls[act.pull];
  if (!pull) throw new Error(`there is no pull request ${act.pull}`);
  const latestCheck = () =>
    github.checks(pull.headSha).findLast((check) => check.name === checkName && check.appSlug === "assay");
  switch (act.kind) {
    case "run":
      speakFor(pull, await place.run(pull, { evaluation: act.passes ? better : worse }), act.passes);
      return;
    case "push":
      place.push(`change-${act.pull}`, { "train.py": `of ${act.pull}, ${pull.heads.length}` });
      Object.assign(pull, await github.refreshPullRequest(pull.number), { passes: undefined, newest: 0 });
      pull.heads.push(pull.headSha);
      return;
    case "finish-dispatched": {
      const started = github
        .dispatches()
        .find(
          ({ inputs, conclusion }) =>
            inputs["head-sha"] === pull.headSha && conclusion === null && inputs["pull-request"] === String(pull.number),
        );
      if (!started) return;
      await place.finishDispatched(pull, started.runId, { evaluation: act.passes ? better : worse });
      speakFor(pull, started.runId, act.passes);
      return;
    }
    case "comment": {
      const { id } = await github.addComment({ number: pull.number, author: act.author, body: act.body });
      if (act.body.startsWith("/assay")) commands.push({ id, number: pull.number });
      return;
    }
    case "button": {
      const check = latestCheck();
      const actions = check?.actions ?? [];
      if (check && actions.some(({ identifier }) => identifier === act.button))
        await github.clickButton({ checkRunId: check.id, identifier: act.button, by: act.by });
      return;
    }
    case "review":
      await github.review({ number: pull.number, author: act.author, state: "APPROVED" });
  }
}

/** Ids grow: a run that was started before another does not speak for the head once that has ended, however late it ends itself. */
function speakFor(pull: Pull, runId: number, passes: boolean): void {
  if (runId < pull.newest) return;
  Object.assign(pull, { passes, newest: runId });
}

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { App } from "octokit";
import { type Answer, takeIn } from "../../bot/intake.ts";
import { silentLog } from "../../bot/log.ts";
import { createMetrics } from "../../bot/operations/metrics.ts";
import { type OpenStore, openStoreOn } from "../../bot/queue/open-store.ts";
import type { Context } from "../../bot/reconcile/context.ts";
import { createReconcile } from "../../bot/reconcile/reconcile.ts";
import { sweep } from "../../bot/reconcile/sweep.ts";
import type { InstalledRepository } from "../../bot/subject.ts";
import { createFetch } from "../../src/github/octokit/transport.ts";
import { appEvents, appPermissions, connectApp } from "../bot/test-app.ts";
import { createContext, type Place } from "../bot/world.ts";
import { createLife, Killed, type Life, mortalDatabase, mortalFetch } from "./mortal.ts";
import type { Schedule } from "./plan-schedule.ts";
import type { Stage } from "./stage.ts";
import { isUnheard, type Weakening, weaken } from "./weaken.ts";

/** The app in two processes on one store. Either is started when it is needed, and dies as the schedule wants it. */
export interface KillableApp {
  /** Login that it writes as. */
  readonly login: string;
  readonly deaths: number;
  /** What it wrote. */
  readonly effects: number;
  /** Its clock jumps by so many seconds. */
  jump(seconds: number): void;
  /** Works on what waits, in both processes or the first. */
  work(processes: "one" | "both"): Promise<void>;
  /** Both processes look at each of the pull requests, whoever else does. */
  workWithoutLock(numbers: readonly number[]): Promise<void>;
  /** From now on nothing dies; both processes are started anew. */
  calm(): Promise<void>;
  sweep(): Promise<void>;
  close(): Promise<void>;
}

interface Process {
  life: Life;
  store: OpenStore;
  context: Context;
}

const secret = "of the chaos tests";
/** GitHub answers at once here, or it hangs. */
const answerWithinMs = 2_000;

export async function createKillableApp(
  place: Place,
  { deaths }: Pick<Schedule, "deaths">,
  { database, keys }: Stage,
  weakening: Weakening | undefined,
): Promise<KillableApp> {
  const { github } = place;
  let clock = 0;
  let effects = 0;
  let lives = 0;
  let died = 0;
  let isCalm = false;
  const processes: (Process | undefined)[] = [undefined, undefined];
  const server = createServer(async (request, response) => {
    const header = (name: string) => request.headers[name]?.toString();
    const raw = {
      guid: header("x-github-delivery"),
      event: header("x-github-event"),
      signature: header("x-hub-signature-256"),
      body: await text(request),
      deadline: AbortSignal.timeout(60_000),
    };
    const answer = await survive(0, (process) => accept(raw, process)).catch(() => undefined);
    // Nobody answers for a process that died.
    if (answer === undefined) response.destroy();
    else response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const registered = { slug: "assay", permissions: appPermissions, events: appEvents, webhookUrl, webhookSecret: secret, keys };
  const app = await github.createApp(registered);
  const { installationId: installation } = await github.installApp(app.id, [place.fullName]);
  const repository: InstalledRepository = { id: place.id, installation, owner: "acme", name: place.name };
  const { webhooks } = new App({ appId: app.id, privateKey: app.privateKey, webhooks: { secret } });

  async function start(): Promise<Process> {
    const death = isCalm ? undefined : deaths[lives];
    lives += 1;
    const life = createLife((step) => {
      if (step !== death?.at) return undefined;
      died += 1;
      return death.how;
    });
    const store = await openStoreOn(mortalDatabase(database, life));
    const connected = connectApp(github, app, mortalFetch(life, createFetch(isCalm ? undefined : answerWithinMs)));
    const context: Context = {
      ...createContext(github, weaken(connected, weakening), store),
      now: () => new Date(Date.now() + clock),
      effect: () => {
        effects += 1;
      },
    };
    return { life, store, context };
  }

  /** Does something with a process. @returns undefined when it died of it */
  async function survive<T>(which: number, work: (process: Process) => Promise<T>): Promise<T | undefined> {
    try {
      const process = processes[which] ?? (await start());
      processes[which] = process;
      const result = await work(process);
      if (!process.life.dead) return result;
    } catch (error) {
      if (!(error instanceof Killed) && !processes[which]?.life.dead) throw error;
    }
    await bury(which);
    return undefined;
  }

  /** Its timers must not outlive it; what it still tries to write has no effect. */
  async function bury(which: number): Promise<void> {
    const process = processes[which];
    processes[which] = undefined;
    await process?.store.close().catch(() => undefined);
  }

  async function accept(raw: Parameters<typeof takeIn>[0], { store }: Process): Promise<Answer> {
    if (isUnheard(raw.event, weakening)) return { status: 200, text: "Nothing to do.\n" };
    const verify = (body: string, signature: string) => webhooks.verify(body, signature);
    return takeIn(raw, { appId: app.id, verify, store, metrics: createMetrics(), log: silentLog });
  }

  const buryBoth = () => Promise.all([0, 1].map(bury));
  return {
    login: app.bot.login,
    get deaths() {
      return died;
    },
    get effects() {
      return effects;
    },
    jump: (seconds) => {
      clock += seconds * 1_000;
    },
    async work(which) {
      const drain = ({ store, context }: Process) => store.worker.drain(createReconcile(context));
      await Promise.all((which === "both" ? [0, 1] : [0]).map((process) => survive(process, drain)));
    },
    async workWithoutLock(numbers) {
      const looks = [0, 1].flatMap((process) => numbers.map((number) => ({ process, number })));
      const { signal } = new AbortController();
      await Promise.all(
        looks.map(({ process, number }) =>
          survive(process, ({ context }) =>
            createReconcile(context)({ kind: "pull-request", repository, number }, signal).catch(() => undefined),
          ),
        ),
      );
    },
    async calm() {
      isCalm = true;
      await buryBoth();
    },
    async sweep() {
      await survive(0, ({ context }) => sweep(context, { everything: true }, new AbortController().signal));
    },
    async close() {
      await buryBoth();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

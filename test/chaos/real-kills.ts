import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../bot/config.ts";
import type { StoreLocation } from "../../bot/queue/open-store.ts";
import { startEmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { createRandom } from "../../src/statistics/random.ts";
import { createStoreFolder } from "../bot/store-folder.ts";
import { appEvents, appPermissions } from "../bot/test-app.ts";
import { createPlace } from "../bot/world.ts";
import { type Flaws, inspect } from "./inspect.ts";
import { createPeople } from "./people.ts";
import type { Act } from "./plan-schedule.ts";

export interface RealKills extends Flaws {
  kills: number;
}

const secret = "of the chaos tests, with real kills";
const longestMinutes = 3;

/**
 * The app as a process, killed by `kill -9` while it asks GitHub for something, again and again; then it is left alone until all is as
 * it should be.
 */
export async function killForReal(seed: number, store: StoreLocation): Promise<RealKills> {
  const random = createRandom(seed);
  let killAt = Number.POSITIVE_INFINITY;
  let asked = 0;
  let child: ChildProcess | undefined;
  let kills = 0;
  const github = await startEmbeddedGitHub({
    onExchange: () => {
      asked += 1;
      if (asked < killAt) return;
      killAt = Number.POSITIVE_INFINITY;
      if (child?.kill("SIGKILL")) kills += 1;
    },
  });
  const place = await createPlace({ github });
  let target: string | undefined;
  // GitHub knows one address, and each process listens on its own.
  const server = createServer(async (request, response) => {
    const { host: _, "content-length": __, ...headers } = request.headers;
    const body = await text(request);
    try {
      const answer = await fetch(`${target}/webhooks`, { method: "POST", headers: headers as Record<string, string>, body });
      response.writeHead(answer.status).end(await answer.text());
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = await github.createApp({
    slug: "assay",
    permissions: appPermissions,
    events: appEvents,
    webhookUrl,
    webhookSecret: secret,
  });
  await github.installApp(app.id, [place.fullName]);
  const config: Config = {
    appId: app.id,
    privateKey: app.privateKey,
    webhookSecret: secret,
    apiUrl: github.url,
    host: "127.0.0.1",
    port: 0,
    store,
    logLevel: "fatal",
  };

  const start = async () => {
    const started = spawn(process.execPath, [join(import.meta.dirname, "app-process.ts"), JSON.stringify(config)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    let said = "";
    for await (const chunk of started.stdout) {
      said += chunk;
      const url = /^listens (\S+)$/m.exec(said)?.[1];
      if (url === undefined) continue;
      target = url;
      return;
    }
    throw new Error("the app did not start");
  };
  /** Lets it work until it is killed, or a while. */
  const until = async (isDone: () => boolean, minutes: number) => {
    for (const end = Date.now() + minutes * 60_000; !isDone() && Date.now() < end; ) await sleep(100);
  };

  try {
    await start();
    const people = await createPeople(place, ["plain"], app.bot.login);
    const { pulls, asks } = people;
    const say = (body: string): Act => ({ kind: "comment", pull: 0, author: "owner", body });
    const acts: readonly Act[] = [
      { kind: "run", pull: 0, passes: false },
      say("/assay help"),
      say(`/assay waive fraud accuracy.no-worse-than --reason "known" --until ${inAMonth()}`),
      say("/assay retrain"),
      { kind: "run", pull: 0, passes: true },
    ];
    for (const act of acts) {
      killAt = asked + 1 + random.below(12);
      await people.perform(act);
      await until(() => child?.signalCode === "SIGKILL", 0.1);
      killAt = Number.POSITIVE_INFINITY;
      if (child?.signalCode === "SIGKILL") await start();
      people.look();
    }
    await github.settled();
    const flaws = (): Flaws => {
      const { lost, duplicate, wrong } = inspect({ github, gitFolder: place.gitFolder, bot: app.bot.login, pulls, asks });
      return { lost, duplicate, wrong };
    };
    const isFine = () => Object.values(flaws()).every((found) => found.length === 0);
    await until(isFine, longestMinutes);
    return { ...flaws(), kills };
  } finally {
    child?.kill("SIGKILL");
    await github.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function inAMonth(): string {
  return new Date(Date.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 10);
}

/** @param work gets a folder that is removed afterwards */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await createStoreFolder();
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

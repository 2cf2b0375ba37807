import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/queue/database.ts";
import { type OpenStore, openStore, openStoreOn, type StoreLocation, type StoreOptions } from "../../../bot/queue/open-store.ts";
import { openPglite } from "../../../bot/queue/pglite.ts";
import { jobs, queue } from "../../../bot/queue/queues.ts";
import { ComeBackLater } from "../../../bot/queue/store.ts";
import type { Request } from "../../../bot/request.ts";
import { keyOf, type Subject } from "../../../bot/subject.ts";
import { skipWithout } from "../../requirements.ts";
import { missingPostgresql, type Postgresql, startPostgresql } from "../postgresql.ts";
import { createStoreFolder } from "../store-folder.ts";
import { aDelivery, aPullRequest, aPush } from "./deliveries.ts";

const never = new AbortController().signal;
const comment: Request = { kind: "comment", id: 7 };

describe("on an embedded database in a folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await createStoreFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  contract(() => ({ folder }));

  it("refuses a folder that another process has open, and takes it when that is over", async () => {
    const location = { folder: join(folder, "new") };
    const store = await openStore(location);
    await expect(openStore(location)).rejects.toThrow("is in use by another process");
    await store.close();
    await (await openStore(location)).close();
  });
});

describe.skipIf(skipWithout("postgresql", "the store on PostgreSQL", missingPostgresql()))("on a PostgreSQL server", () => {
  let server: Postgresql;
  let url: string;
  beforeAll(async () => {
    server = await startPostgresql();
  });
  afterAll(() => server?.stop());
  beforeEach(() => {
    url = server.createDatabase();
  });

  contract(() => ({ url }));

  it("is set up once by replicas that start at the same time", async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ url })));
    const accepted = await Promise.all(stores.map((store) => store.accept(aDelivery())));
    expect(accepted.filter(Boolean)).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("lets one of several replicas have a subject, and the others have others", async () => {
    const stores = await Promise.all([1, 2].map(() => openStore({ url })));
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    const atWork = new Map<string, number>();
    let most = 0;
    let atOnce = 0;
    const looked: string[] = [];
    await Promise.all(
      stores.map((store) =>
        store.worker.start(async (subject) => {
          const key = keyOf(subject);
          atWork.set(key, (atWork.get(key) ?? 0) + 1);
          most = Math.max(most, atWork.get(key) ?? 0);
          atOnce = Math.max(atOnce, [...atWork.values()].filter((count) => count > 0).length);
          await new Promise((resolve) => setTimeout(resolve, 20));
          atWork.set(key, (atWork.get(key) ?? 0) - 1);
          looked.push(key);
        }),
      ),
    );
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        numbers.map((number, index) =>
          stores[index % 2]?.accept(aDelivery({ guid: `${round}-${number}`, subject: aPullRequest(number) })),
        ),
      );
    await until(async () => isEmpty(await stores[0]?.overview()));
    await Promise.all(stores.map((store) => store.close()));
    expect(most).toBe(1);
    expect(atOnce).toBeGreaterThan(1);
    expect(new Set(looked).size).toBe(numbers.length);
  });
});

describe("what another version wrote in another form", () => {
  let folder: string;
  let database: Database;
  let store: OpenStore;
  beforeEach(async () => {
    folder = await createStoreFolder();
    database = await openPglite(folder);
    store = await openStoreOn(database);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("becomes a dead letter, and does not hold back what comes after it", async () => {
    await store.accept(aDelivery({ guid: "1" }));
    await database.executeSql(`update ${jobs} set data = '{"subject": {"kind": "milestone"}}' where name = '${queue}'`);
    await store.accept(aDelivery({ guid: "2", subject: aPullRequest(2) }));
    expect(await drained(store)).toEqual([keyOf(aPullRequest(2))]);
    expect(await store.overview()).toMatchObject({ waiting: 0, postponed: 0, active: 0, dead: 1 });
    expect((await store.subjects()).find(({ state }) => state === "dead")?.error).toContain("this version cannot read");
    expect(await store.retryDead()).toBe(1);
    expect(await drained(store)).toEqual([]);
  });

  it("is closed when it is a request, and the others are answered", async () => {
    const subject = aPullRequest(1);
    await store.addRequest(subject, { kind: "comment", id: 8 });
    await database.executeSql(`update assay.request set request = '{"kind": "poem"}'`);
    await store.addRequest(subject, comment);
    expect(await store.openRequests(subject)).toEqual([comment]);
    const { rows } = await database.executeSql("select key from assay.request where closed_at is null");
    expect(rows).toEqual([{ key: "comment:7" }]);
  });
});

/** What both stores promise. */
function contract(location: () => StoreLocation): void {
  const opened: OpenStore[] = [];
  const open = async (options?: StoreOptions) => {
    const store = await openStore(location(), options);
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  it("accepts a delivery once", async () => {
    const store = await open();
    expect(await store.accept(aDelivery())).toBe(true);
    expect(await store.accept(aDelivery())).toBe(false);
    expect(await drained(store)).toEqual([keyOf(aPullRequest(1))]);
    expect(await store.accept(aDelivery())).toBe(false);
    expect(await drained(store)).toEqual([]);
  });

  it("keeps deliveries that come at once together, and what cannot be kept does not keep the others out", async () => {
    const store = await open();
    const subject = aPullRequest(2);
    const broken = { ...aPullRequest(3), repository: { ...aPullRequest(3).repository, name: "\u0000" } };
    const ends = await Promise.allSettled([
      store.accept(aDelivery({ guid: "1", request: comment })),
      store.accept(aDelivery({ guid: "1" })),
      store.accept(aDelivery({ guid: "2", subject: broken })),
      store.accept(aDelivery({ guid: "3", subject, request: { kind: "comment", id: 8 } })),
      store.accept(aDelivery({ guid: "4", subject, request: { kind: "comment", id: 9 } })),
    ]);
    expect(ends.map((end) => (end.status === "fulfilled" ? end.value : "refused"))).toEqual([true, false, "refused", true, true]);
    expect(await store.openRequests(aPullRequest(1))).toEqual([comment]);
    expect(await store.openRequests(subject)).toEqual([8, 9].map((id) => ({ kind: "comment", id })));
    expect((await drained(store)).sort()).toEqual([keyOf(aPullRequest(1)), keyOf(subject)]);
  });

  it("keeps everything when it is opened again", async () => {
    const first = await open();
    await first.accept(aDelivery({ request: comment }));
    await first.remember("comment:1", { id: 5 });
    await first.close();
    opened.splice(0);
    const second = await open();
    expect(await second.accept(aDelivery())).toBe(false);
    expect(await second.openRequests(aPullRequest(1))).toEqual([comment]);
    expect(await second.recall("comment:1")).toEqual({ id: 5 });
    expect(await drained(second)).toEqual([keyOf(aPullRequest(1))]);
  });

  it("lets a subject wait once, however many deliveries name it", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 10 }, (_, index) => store.accept(aDelivery({ guid: `g${index}` }))));
    expect(await drained(store)).toEqual([keyOf(aPullRequest(1))]);
  });

  it("tells of a push only where nothing else was heard of the subject", async () => {
    const store = await open();
    const push = (guid: string, number = 1) => store.accept(aDelivery({ guid, subject: aPush(number) }));
    const told = async () => {
      const subjects: Subject[] = [];
      await store.worker.drain(async (subject) => void subjects.push(subject));
      return subjects.map((subject) => "pushed" in subject);
    };
    await push("1");
    expect(await told()).toEqual([true]);
    await Promise.all([push("2"), push("3")]);
    expect(await told()).toEqual([true]);
    await push("4");
    await store.accept(aDelivery({ guid: "5" }));
    expect(await told()).toEqual([false]);
    await store.accept(aDelivery({ guid: "6" }));
    await push("7");
    expect(await told()).toEqual([false]);
    await Promise.all([store.accept(aDelivery({ guid: "8" })), push("9")]);
    expect(await told()).toEqual([false]);
    await push("10");
    await store.enqueue(aPullRequest(1));
    expect(await told()).toEqual([false]);
  });

  it("looks again at a subject when something happened while it was looked at", async () => {
    const store = await open();
    await store.accept(aDelivery({ guid: "1" }));
    let looks = 0;
    await store.worker.drain(async () => {
      looks += 1;
      if (looks === 1) for (const guid of ["2", "3"]) await store.accept(aDelivery({ guid }));
    });
    expect(looks).toBe(2);
  });

  it("does not let a subject that is being worked on hold back others", async () => {
    const store = await open({ concurrency: 3 });
    const done: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await store.worker.start(async (subject) => {
      if (subject.kind === "pull-request" && subject.number === 1) await finished;
      done.push(keyOf(subject));
    });
    await store.accept(aDelivery({ guid: "1" }));
    await until(async () => (await store.overview()).active === 1);
    await store.accept(aDelivery({ guid: "2" }));
    await store.accept(aDelivery({ guid: "3", subject: aPullRequest(2) }));
    await until(async () => done.length === 1);
    expect(done).toEqual([keyOf(aPullRequest(2))]);
    finish();
    await until(async () => isEmpty(await store.overview()));
    expect(done).toEqual([2, 1, 1].map((number) => keyOf(aPullRequest(number))));
  });

  it("keeps a request with its delivery until it is closed, and knows it afterwards", async () => {
    const store = await open();
    const subject = aPullRequest(1);
    await store.accept(aDelivery({ request: comment }));
    expect(await store.addRequest(subject, { kind: "review", id: 7 })).toBe(true);
    expect(await store.addRequest(subject, comment)).toBe(false);
    expect(await store.openRequests(subject)).toEqual([comment, { kind: "review", id: 7 }]);
    expect(await store.openRequests(aPullRequest(2))).toEqual([]);
    await store.closeRequest(subject, comment);
    expect(await store.openRequests(subject)).toEqual([{ kind: "review", id: 7 }]);
    expect(await store.addRequest(subject, comment)).toBe(false);
  });

  it("keeps neither the delivery nor its request when the subject cannot be kept", async () => {
    const store = await open();
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const broken = { ...aPullRequest(1), repository: { ...aPullRequest(1).repository, circular } };
    await expect(store.accept(aDelivery({ subject: broken, request: comment }))).rejects.toThrow();
    expect(await store.openRequests(aPullRequest(1))).toEqual([]);
    expect(await store.accept(aDelivery())).toBe(true);
  });

  it("tries a failed subject again later, counts it, and says why", async () => {
    const store = await open({ retryDelaySeconds: 3_600 });
    await store.accept(aDelivery());
    await store.worker.drain(async () => {
      throw new Error("GitHub answered 500");
    });
    expect(await store.overview()).toMatchObject({ waiting: 0, postponed: 1, dead: 0 });
    expect(await store.subjects()).toMatchObject([{ state: "postponed", error: "GitHub answered 500" }]);
  });

  it("says why without the tokens that a reason may have", async () => {
    const store = await open({ retryDelaySeconds: 3_600 });
    await store.accept(aDelivery());
    await store.worker.drain(async () => {
      throw new Error("Bad credentials: ghs_secretOfAnInstallation, eyJhbGciOi.eyJpc3Mi.c2ln");
    });
    expect(await store.subjects()).toMatchObject([{ error: "Bad credentials: ***, ***" }]);
  });

  it("puts a subject that fails again and again aside as a dead letter, until a later look at it succeeds", async () => {
    const store = await open({ retryLimit: 2, retryDelaySeconds: 0 });
    await store.accept(aDelivery());
    let tries = 0;
    const failing = async () => {
      tries += 1;
      throw new Error(`try ${tries}`);
    };
    await until(async () => {
      await store.worker.drain(failing);
      return (await store.overview()).dead === 1;
    });
    expect(tries).toBe(3);
    expect(await store.subjects()).toMatchObject([{ state: "dead", subject: aPullRequest(1), error: "try 3", tries: 3 }]);
    await store.accept(aDelivery({ guid: "later" }));
    expect(await drained(store)).toHaveLength(1);
    expect((await store.overview()).dead).toBe(0);
  });

  it("looks again at dead letters when somebody asks for it", async () => {
    const store = await open({ retryLimit: 0, retryDelaySeconds: 0 });
    for (const number of [1, 2]) await store.accept(aDelivery({ guid: `${number}`, subject: aPullRequest(number) }));
    await store.worker.drain(async () => {
      throw new Error("no");
    });
    expect(await store.overview()).toMatchObject({ waiting: 0, dead: 2 });
    expect(await store.retryDead()).toBe(2);
    expect(await store.overview()).toMatchObject({ waiting: 2, dead: 0 });
    expect((await drained(store)).sort()).toEqual([1, 2].map((number) => keyOf(aPullRequest(number))));
  });

  it("looks at once when something happens to a subject that waits for another try, and makes no dead letter of it", async () => {
    const store = await open({ retryLimit: 8, retryDelaySeconds: 3_600 });
    for (let index = 0; index < 4; index += 1) {
      await store.accept(aDelivery({ guid: `${index}` }));
      await store.worker.drain(async () => {
        throw new Error("still down");
      });
    }
    expect(await store.overview()).toMatchObject({ waiting: 0, postponed: 1, dead: 0 });
    await store.accept(aDelivery({ guid: "last" }));
    expect(await drained(store)).toHaveLength(1);
    expect(await store.overview()).toMatchObject({ waiting: 0, postponed: 0, dead: 0 });
  });

  it("comes back when it was asked to, which is no failed try", async () => {
    const store = await open({ retryLimit: 1, retryDelaySeconds: 0 });
    await store.accept(aDelivery());
    let looks = 0;
    await store.worker.drain(async () => {
      looks += 1;
      throw new ComeBackLater(new Date(looks < 5 ? 0 : Date.now() + 3_600_000), "rate limit");
    });
    expect(looks).toBe(5);
    expect(await store.overview()).toMatchObject({ waiting: 0, postponed: 1, dead: 0 });
  });

  it("takes the earlier of two times, and a delivery makes it now", async () => {
    const store = await open();
    const subject = aPullRequest(1);
    await store.enqueue(subject, { at: new Date(Date.now() + 7_200_000) });
    await store.enqueue(subject, { at: new Date(Date.now() + 3_600_000) });
    await store.enqueue(subject, { at: new Date(Date.now() + 7_200_000) });
    expect(await drained(store)).toEqual([]);
    const [listed] = await store.subjects();
    expect(listed?.at.getTime()).toBeLessThan(Date.now() + 3_700_000);
    await store.accept(aDelivery());
    expect(await drained(store)).toEqual([keyOf(subject)]);
    expect(await drained(store)).toEqual([]);
  });

  it("aborts what takes too long and tries it again", async () => {
    const store = await open({ handlerSeconds: 1, retryDelaySeconds: 3_600 });
    await store.accept(aDelivery());
    let aborted = false;
    await store.worker.drain(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(new Error("aborted"));
          });
        }),
    );
    expect(aborted).toBe(true);
    expect(await store.subjects()).toMatchObject([{ state: "postponed", error: "not done within 1 s" }]);
  });

  it("hands work back when the process stops before it is done", async () => {
    const store = await open({ graceSeconds: 0 });
    await store.accept(aDelivery());
    let reason: unknown;
    await store.worker.start(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(new Error("aborted"));
          });
        }),
    );
    await until(async () => (await store.overview()).active === 1);
    await store.worker.stop();
    expect(reason).toBe("the process stops");
    expect(await store.overview()).toMatchObject({ active: 0, waiting: 1 });
    expect(await drained(store)).toHaveLength(1);
  });

  it("loses nothing that it acknowledged when its process is killed, and takes again what that was working on", async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "accept-until-killed.ts"), JSON.stringify(location())], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await until(async () => output.split("\n").length > 100 || child.exitCode !== null);
    child.kill("SIGKILL");
    await ended;
    const acknowledged = output.split("\n").slice(0, -1).map(Number);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);

    const store = await open({ heartbeatSeconds: 10, superviseSeconds: 1, retryDelaySeconds: 0 });
    for (const number of acknowledged)
      expect(await store.accept(aDelivery({ guid: `${number}`, subject: aPullRequest(number) }))).toBe(false);
    const looked = new Set<string>();
    await store.worker.start(async (subject) => {
      looked.add(keyOf(subject));
    });
    await until(async () => [1, 2].every((number) => looked.has(keyOf(aPullRequest(number)))));
    await until(async () => isEmpty(await store.overview()));
    const lookedAtBefore = (await store.subjects(10_000)).map(({ subject }) => keyOf(subject as Subject));
    for (const number of acknowledged) expect(lookedAtBefore).toContain(keyOf(aPullRequest(number)));
  }, 180_000);

  it("forgets what it was told to forget", async () => {
    const store = await open();
    expect(await store.recall("key")).toBeUndefined();
    await store.remember("key", ["a", 1, null]);
    expect(await store.recall("key")).toEqual(["a", 1, null]);
    await store.remember("key", undefined);
    expect(await store.recall("key")).toBeUndefined();
  });
}

async function drained(store: OpenStore): Promise<string[]> {
  const looked: string[] = [];
  await store.worker.drain(async (subject, signal) => {
    expect(signal.aborted).toBe(never.aborted);
    looked.push(keyOf(subject));
  });
  return looked;
}

const isEmpty = (overview: { waiting: number; active: number } | undefined) => overview?.waiting === 0 && overview.active === 0;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

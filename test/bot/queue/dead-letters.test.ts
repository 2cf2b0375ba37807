import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/queue/database.ts";
import { type OpenStore, openStoreOn } from "../../../bot/queue/open-store.ts";
import { openPglite } from "../../../bot/queue/pglite.ts";
import { jobs, queue } from "../../../bot/queue/queues.ts";
import type { Request } from "../../../bot/request.ts";
import { keyOf, type Subject } from "../../../bot/subject.ts";
import { createStoreFolder } from "../store-folder.ts";
import { drained, onBothStores, type StorePlace, until } from "./both-stores.ts";
import { aDelivery, aPullRequest } from "./deliveries.ts";

const comment: Request = { kind: "comment", id: 7 };

onBothStores(failing);

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

function failing({ open }: StorePlace): void {
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

  it("drops what waits and what was put aside of what is gone, and nothing else", async () => {
    const store = await open({ retryLimit: 0, retryDelaySeconds: 0 });
    const place = (installation: number, id: number) => ({ installation, id, owner: "team", name: "models" });
    const at = (installation: number, id: number): Subject => ({
      kind: "pull-request",
      repository: place(installation, id),
      number: 1,
    });
    const all = [at(1, 10), at(1, 11), at(2, 20)];
    for (const subject of all) await store.accept(aDelivery({ guid: keyOf(subject), subject }));
    await store.worker.drain(async () => {
      throw new Error("404");
    });
    for (const subject of all) await store.enqueue(subject);
    expect(await store.overview()).toMatchObject({ waiting: 3, dead: 3 });
    expect(await store.longWaiting()).toEqual([]);
    expect(await store.drop({ installation: 1, repositories: [11, 20] })).toBe(1);
    expect(await store.overview()).toMatchObject({ waiting: 2, dead: 2 });
    expect(await store.drop({ installation: 1 })).toBe(1);
    expect(await store.drop({ installation: 1 })).toBe(0);
    expect(await drained(store)).toEqual([keyOf(at(2, 20))]);
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
}

import { expect, it } from "vitest";
import { openPostgres } from "../../../bot/queue/postgres.ts";
import { jobs } from "../../../bot/queue/queues.ts";
import { ComeBackLater } from "../../../bot/queue/store.ts";
import { keyOf, type Subject } from "../../../bot/subject.ts";
import { drained, isEmpty, onBothStores, type StorePlace, until } from "./both-stores.ts";
import { aDelivery, aPullRequest, aPush } from "./deliveries.ts";

onBothStores(taking, replicas);

function taking({ open }: StorePlace): void {
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
}

function replicas({ open, location }: StorePlace): void {
  it("leaves the subject to whoever has it now, when a worker that was given up comes to its end", async () => {
    const [late, other] = [await open({ concurrency: 1 }), await open()];
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await late.accept(aDelivery());
    await late.worker.start(() => first.promise);
    await until(async () => (await late.overview()).active === 1);
    // As it is done to a worker that gave no sign of life.
    const place = location();
    const database = openPostgres("url" in place ? place.url : "", () => {});
    await database.executeSql(`update ${jobs} set state = 'retry', retry_count = retry_count + 1 where state = 'active'`);
    await database.close();
    let taken = 0;
    await other.worker.start(() => {
      taken += 1;
      return second.promise;
    });
    await until(async () => taken === 1);
    first.resolve();
    await late.close();
    expect(await other.overview()).toMatchObject({ active: 1, waiting: 0 });
    second.resolve();
    await until(async () => isEmpty(await other.overview()));
    expect(taken).toBe(1);
  });

  it("lets one of several replicas have a subject, and the others have others", async () => {
    const stores = await Promise.all([1, 2].map(() => open()));
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
}

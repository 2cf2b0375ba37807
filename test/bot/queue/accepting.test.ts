import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openStore } from "../../../bot/queue/open-store.ts";
import type { Request } from "../../../bot/request.ts";
import { keyOf } from "../../../bot/subject.ts";
import { drained, onBothStores, type StorePlace } from "./both-stores.ts";
import { aDelivery, aPullRequest } from "./deliveries.ts";

const comment: Request = { kind: "comment", id: 7 };

onBothStores(accepting, replicas);

function accepting({ open }: StorePlace): void {
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
    const second = await open();
    expect(await second.accept(aDelivery())).toBe(false);
    expect(await second.openRequests(aPullRequest(1))).toEqual([comment]);
    expect(await second.recall("comment:1")).toEqual({ id: 5 });
    expect(await drained(second)).toEqual([keyOf(aPullRequest(1))]);
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

  it("forgets what it was told to forget", async () => {
    const store = await open();
    expect(await store.recall("key")).toBeUndefined();
    await store.remember("key", ["a", 1, null]);
    expect(await store.recall("key")).toEqual(["a", 1, null]);
    await store.remember("key", undefined);
    expect(await store.recall("key")).toBeUndefined();
  });
}

function replicas({ open }: StorePlace): void {
  it("is set up once by replicas that start at the same time", async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => open()));
    const accepted = await Promise.all(stores.map((store) => store.accept(aDelivery())));
    expect(accepted.filter(Boolean)).toHaveLength(1);
  });
}

it("refuses a folder that another process has open, and takes it when that is over", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const location = { folder: join(folder, "new") };
  const store = await openStore(location);
  await expect(openStore(location)).rejects.toThrow("is in use by another process");
  await store.close();
  await (await openStore(location)).close();
});

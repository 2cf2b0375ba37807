import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/queue/database.ts";
import { forgetExpired } from "../../../bot/queue/housekeeping.ts";
import { type OpenStore, openStoreOn } from "../../../bot/queue/open-store.ts";
import { openPglite } from "../../../bot/queue/pglite.ts";
import type { Request } from "../../../bot/request.ts";
import { aDelivery, aPullRequest } from "./deliveries.ts";

const comment = (id: number): Request => ({ kind: "comment", id });
const subject = aPullRequest(1);

describe("a store that is kept for long", () => {
  let folder: string;
  let database: Database;
  let store: OpenStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-store-"));
    database = await openPglite(folder);
    store = await openStoreOn(database);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As if so many days had passed. */
  async function pass(days: number): Promise<void> {
    const times = { delivery: ["received_at"], request: ["closed_at", "added_at"], memory: ["kept_until"] };
    for (const [table, columns] of Object.entries(times))
      for (const column of columns)
        await database.executeSql(`update assay.${table} set ${column} = ${column} - interval '${days} days'`);
    await forgetExpired(database);
  }

  it("forgets deliveries and answered requests once GitHub cannot send them again", async () => {
    for (const id of [1, 2]) await store.accept(aDelivery({ guid: String(id), request: comment(id) }));
    await store.closeRequest(subject, comment(1));
    await pass(6);
    expect(await store.accept(aDelivery({ guid: "1" }))).toBe(false);
    await pass(2);
    expect(await store.accept(aDelivery({ guid: "1" }))).toBe(true);
    expect(await store.addRequest(subject, comment(1))).toBe(false);
    await pass(25);
    expect(await store.addRequest(subject, comment(1))).toBe(true);
    expect(await store.openRequests(subject)).toEqual([comment(2), comment(1)]);
    await pass(340);
    expect(await store.openRequests(subject)).toEqual([comment(1)]);
  });

  it("forgets what was to be kept for a time, counted from its last change", async () => {
    await store.remember("for good", 1);
    await store.remember("for a time", 1, { days: 90 });
    await pass(60);
    await store.remember("for a time", 2, { days: 90 });
    await pass(60);
    expect(await store.recall("for a time")).toBe(2);
    await pass(60);
    expect([await store.recall("for good"), await store.recall("for a time")]).toEqual([1, undefined]);
  });

  it("gives what an earlier version kept without an end one, but for what is about a repository", async () => {
    const keys = [
      "7/pull/1",
      "7/queue/aa",
      "7/queued/aa",
      "7/started/5",
      "7/head/aa",
      "7/ledger-tip",
      "7/workflow",
      "sweep/deliveries",
    ];
    for (const key of keys) await store.remember(key, 1);
    await database.executeSql(
      "alter table assay.memory drop column kept_until; alter table assay.request drop column added_at; update assay.version set version = 1",
    );
    await store.close();
    database = await openPglite(folder);
    store = await openStoreOn(database);
    const { rows } = await database.executeSql("select key from assay.memory where kept_until > now() order by key");
    expect(rows.map(({ key }) => key)).toEqual(keys.slice(0, 5).toSorted());
  });

  it("takes up no more room, however often the same is remembered", async () => {
    const size = async () => {
      const { rows } = await database.executeSql("select pg_total_relation_size('assay.memory') as bytes");
      return Number(rows[0]?.["bytes"]);
    };
    const bytes = 100_000;
    const fill = async () => {
      for (let time = 0; time < 20; time += 1) await store.remember("7/pull/1", randomBytes(bytes).toString("base64"));
      await database.reclaim();
      return size();
    };
    await fill();
    const once = await fill();
    for (let time = 0; time < 5; time += 1) await fill();
    expect(await size()).toBeLessThan(once + 5 * bytes);
  });
});

import { rmSync } from "node:fs";
import type { Database } from "../../bot/queue/database.ts";
import { openStoreOn } from "../../bot/queue/open-store.ts";
import { openPglite } from "../../bot/queue/pglite.ts";
import { jobs } from "../../bot/queue/queues.ts";
import type { AppKeys } from "../../src/embedded-github/app-tokens.ts";
import { createStoreFolder } from "../bot/store-folder.ts";

/** What schedules share, one after the other: the database of the app's store, which outlives its processes. */
export interface Stage {
  keys: AppKeys;
  database: Database;
  clear(): Promise<void>;
  /** Whoever was killed is missed after a while, and pauses end. */
  timePasses(): Promise<void>;
  /** Subjects that are not done with. */
  countJobs(): Promise<number>;
  close(): Promise<void>;
}

/** A pause, or another try; not a look that is wanted on a later day, such as when a waiver ends. */
const isDueSoon = "state in ('created', 'retry') and start_after < now() + interval '1 hour'";

export async function openStage(keys: AppKeys): Promise<Stage> {
  const folder = await createStoreFolder();
  const database = await openPglite(folder);
  // The tables are made once; every process then finds them as after a restart.
  await (await openStoreOn({ ...database, close: async () => undefined })).close();
  return {
    keys,
    database,
    async clear() {
      await database.executeSql(
        "delete from assay.delivery; delete from assay.request; delete from assay.memory; delete from assay_queue.job",
      );
    },
    async timePasses() {
      await database.executeSql(
        `update ${jobs} set state = 'retry', retry_count = retry_count + 1, start_after = now() where state = 'active';
         update ${jobs} set start_after = now() where ${isDueSoon}`,
      );
    },
    async countJobs() {
      const text = `select count(*)::int as count from ${jobs} where state = 'active' or ${isDueSoon}`;
      const { rows } = await database.executeSql(text);
      return Number(rows[0]?.["count"]);
    },
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import type { PgBoss } from "pg-boss";
import { type Request, requestKey, requestSchema } from "../request.ts";
import { keyOf, type Subject } from "../subject.ts";
import type { Connection, Database } from "./database.ts";
import { putSubject } from "./queues.ts";
import type { Delivery, Store } from "./store.ts";

/** @param onQueued told when a subject has to be looked at now */
export function createDurableStore(
  database: Database,
  boss: PgBoss,
  onQueued: () => void,
): Pick<Store, Exclude<keyof Store, "close">> {
  return {
    async accept({ guid, event, subject, request }: Delivery) {
      const isNew = await database.transaction(async (connection) => {
        const { rows } = await connection.executeSql(
          "insert into assay.delivery (guid, event) values ($1, $2) on conflict do nothing returning guid",
          [guid, event],
        );
        if (rows.length === 0) return false;
        if (request !== undefined) await insertRequest(connection, subject, request);
        await putSubject(boss, connection, subject);
        return true;
      });
      if (isNew) onQueued();
      return isNew;
    },
    async enqueue(subject, { at } = {}) {
      await database.transaction((connection) => putSubject(boss, connection, subject, at));
      onQueued();
    },
    addRequest: (subject, request) => insertRequest(database, subject, request),
    async openRequests(subject) {
      const { rows } = await database.executeSql(
        "select request from assay.request where subject = $1 and closed_at is null order by ordinal",
        [keyOf(subject)],
      );
      return rows.map(({ request }) => requestSchema.parse(request));
    },
    async closeRequest(subject, request) {
      // The row stays: a comment that is found again by looking must not be answered twice.
      await database.executeSql(
        "update assay.request set closed_at = now() where subject = $1 and key = $2 and closed_at is null",
        [keyOf(subject), requestKey(request)],
      );
    },
    async recall(key) {
      const { rows } = await database.executeSql("select value from assay.memory where key = $1", [key]);
      return rows[0]?.["value"];
    },
    async remember(key, value) {
      if (value === undefined) await database.executeSql("delete from assay.memory where key = $1", [key]);
      else
        await database.executeSql(
          `insert into assay.memory (key, value) values ($1, $2::jsonb)
           on conflict (key) do update set value = excluded.value, changed_at = now()`,
          [key, JSON.stringify(value)],
        );
    },
  };
}

async function insertRequest(connection: Connection, subject: Subject, request: Request): Promise<boolean> {
  const { rows } = await connection.executeSql(
    "insert into assay.request (subject, key, request) values ($1, $2, $3::jsonb) on conflict do nothing returning key",
    [keyOf(subject), requestKey(request), JSON.stringify(request)],
  );
  return rows.length > 0;
}

/** GitHub sends a delivery again for three days. */
export async function forgetOldDeliveries(database: Database): Promise<void> {
  await database.executeSql("delete from assay.delivery where received_at < now() - interval '7 days'");
}

import type { PgBoss } from "pg-boss";
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { type Request, requestKey, requestSchema } from "../request.ts";
import { keyOf, type Subject } from "../subject.ts";
import type { Connection, Database } from "./database.ts";
import { dropGone, longWaiting } from "./drop-gone.ts";
import { GroupCommit } from "./group-commit.ts";
import { putSubjects } from "./queues.ts";
import type { Delivery, Store } from "./store.ts";

export type Intake = GroupCommit<Delivery, boolean>;

/** Keeps deliveries, several in a transaction where they come at once. */
export function createIntake(database: Database, boss: PgBoss): Intake {
  return new GroupCommit((deliveries) => database.transaction((connection) => keep(boss, connection, deliveries)), isAboutData);
}

/** What cannot be written as JSON, and PostgreSQL's classes of errors in data and against constraints. */
function isAboutData(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && "code" in error && /^2[23]/.test(String(error.code)));
}

/** @param onQueued told when a subject has to be looked at now */
export function createDurableStore(
  database: Database,
  boss: PgBoss,
  intake: Intake,
  onQueued: () => void,
  log: Log,
): Pick<Store, Exclude<keyof Store, "close">> {
  // The row stays for a time: a comment that is found again by looking must not be answered twice.
  const closeRequest = (subject: string, key: string) =>
    database.executeSql("update assay.request set closed_at = now() where subject = $1 and key = $2 and closed_at is null", [
      subject,
      key,
    ]);
  return {
    async accept(delivery) {
      const isNew = await intake.add(delivery);
      if (isNew) onQueued();
      return isNew;
    },
    async enqueue(subject, { at } = {}) {
      await database.transaction((connection) => putSubjects(boss, connection, [subject], at));
      onQueued();
    },
    addRequest: (subject, request) => insertRequest(database, subject, request),
    async openRequests(subject) {
      const of = keyOf(subject);
      const { rows } = await database.executeSql(
        "select key, request from assay.request where subject = $1 and closed_at is null order by ordinal",
        [of],
      );
      const read: Request[] = [];
      for (const { key, request } of rows) {
        const { data } = z.safeParse(requestSchema, request);
        if (data) read.push(data);
        else {
          // It would keep the subject from being looked at for ever.
          log.error({ subject: of, request: String(key) }, "closed without an answer: this version cannot read the request");
          await closeRequest(of, String(key));
        }
      }
      return read;
    },
    async closeRequest(subject, request) {
      await closeRequest(keyOf(subject), requestKey(request));
    },
    drop: (gone) => dropGone(database, gone),
    longWaiting: () => longWaiting(database),
    async recall(key) {
      const { rows } = await database.executeSql("select value from assay.memory where key = $1", [key]);
      return rows[0]?.["value"];
    },
    async remember(key, value, { days } = {}) {
      if (value === undefined) await database.executeSql("delete from assay.memory where key = $1", [key]);
      else
        await database.executeSql(
          `insert into assay.memory (key, value, kept_until) values ($1, $2::jsonb, now() + $3::int * interval '1 day')
           on conflict (key) do update set value = excluded.value, changed_at = now(), kept_until = excluded.kept_until`,
          [key, JSON.stringify(value), days ?? null],
        );
    },
  };
}

/** @returns which of them are new */
async function keep(boss: PgBoss, connection: Connection, deliveries: readonly Delivery[]): Promise<readonly boolean[]> {
  // Of a delivery that came twice at once the first counts.
  const byGuid = new Map(deliveries.toReversed().map((delivery) => [delivery.guid, delivery]));
  const given = [...byGuid.values()].map(({ guid, event, subject, request }) => ({
    guid,
    event,
    subject: keyOf(subject),
    ...(request !== undefined && { key: requestKey(request), request }),
  }));
  // In the order of their names, as of several replicas one would otherwise wait for the other and that for it.
  const { rows } = await connection.executeSql(
    `with given as materialized (
       select * from json_to_recordset($1::text::json) as one(guid text, event text, subject text, key text, request jsonb)
     ), fresh as (
       insert into assay.delivery (guid, event) select guid, event from given order by guid on conflict do nothing returning guid
     ), asked as (
       insert into assay.request (subject, key, request)
       select subject, key, request from given join fresh using (guid) where key is not null on conflict do nothing
     )
     select guid from fresh`,
    [JSON.stringify(given)],
  );
  const fresh = new Set(rows.flatMap(({ guid }) => byGuid.get(String(guid)) ?? []));
  const subjects = [...fresh].map(({ subject }) => subject);
  await putSubjects(boss, connection, subjects);
  return deliveries.map((delivery) => fresh.has(delivery));
}

async function insertRequest(connection: Connection, subject: Subject, request: Request): Promise<boolean> {
  const { rows } = await connection.executeSql(
    "insert into assay.request (subject, key, request) values ($1, $2, $3::jsonb) on conflict do nothing returning key",
    [keyOf(subject), requestKey(request), JSON.stringify(request)],
  );
  return rows.length > 0;
}

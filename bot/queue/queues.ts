import { randomUUID } from "node:crypto";
import { PgBoss } from "pg-boss";
import { keyOf, type Subject, withoutPush } from "../subject.ts";
import type { Connection, Database } from "./database.ts";

export const queue = "subject";
export const deadLetters = "subject-dead";
/** The job table of pg-boss, whose version is pinned; asked directly where its interface has no word for what we need. */
export const jobs = "assay_queue.job";

const day = 24 * 60 * 60;

export interface QueueTimes {
  /** How long a subject may be looked at. */
  handlerSeconds: number;
  /** A worker that has not been heard of for so long is dead, and its subject is taken again; at least 10. */
  heartbeatSeconds: number;
  /** How often dead workers are looked for. */
  superviseSeconds: number;
  /** Failed tries before a subject is put aside, and the pause after the first; it doubles up to half an hour. */
  retryLimit: number;
  retryDelaySeconds: number;
}

export const defaultTimes: QueueTimes = {
  handlerSeconds: 600,
  heartbeatSeconds: 30,
  superviseSeconds: 15,
  retryLimit: 8,
  retryDelaySeconds: 15,
};

/**
 * pg-boss remembers for a minute which keys were busy when it last looked, and passes over what waits for them. A fetch that asks itself
 * which are busy, as ours does, needs no memory.
 */
const nothingRemembered = `
  create or replace function assay_queue.forget_busy() returns trigger language plpgsql as $$
  begin new.singletons_active := null; return new; end $$;
  drop trigger if exists forget_busy on assay_queue.queue;
  create trigger forget_busy before insert or update on assay_queue.queue for each row execute function assay_queue.forget_busy();
  update assay_queue.queue set singletons_active = null where singletons_active is not null`;

/** Starts pg-boss and makes our queues what this version wants them to be. */
export async function startQueues(database: Database, times: QueueTimes, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    db: database,
    backend: database.backend,
    schema: "assay_queue",
    schedule: false,
    superviseIntervalSeconds: times.superviseSeconds,
    monitorIntervalSeconds: times.superviseSeconds,
  });
  boss.on("error", onError);
  await boss.start();
  await database.executeSql(nothingRemembered);
  const dead = { retentionSeconds: 90 * day, deleteAfterSeconds: day };
  const subjects = {
    deadLetter: deadLetters,
    retryLimit: times.retryLimit,
    retryDelay: times.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 1_800,
    heartbeatSeconds: times.heartbeatSeconds,
    // The worker's own limit comes first; this one is for a worker whose clock stands still.
    expireInSeconds: times.handlerSeconds + 30,
    retentionSeconds: 365 * day,
    deleteAfterSeconds: day,
  };
  await boss.createQueue(deadLetters, dead);
  // One job a key and state: a subject waits once, and once more while it is being worked on.
  await boss.createQueue(queue, { ...subjects, policy: "stately" });
  await boss.updateQueue(deadLetters, dead);
  await boss.updateQueue(queue, subjects);
  // Queues are known before the first transaction, in which an embedded database cannot be asked for them.
  for (const name of [queue, deadLetters]) await boss.findJobs(name, { key: "" });
  return boss;
}

/**
 * Makes each of the subjects wait, from that time on or from now. When one waits already the earlier time counts; that row is then
 * locked until the transaction ends, so that nobody takes the subject without what the transaction adds.
 */
export async function putSubjects(boss: PgBoss, connection: Connection, subjects: readonly Subject[], at?: Date): Promise<void> {
  // In the order of their keys: two that put the same ones must not wait for each other.
  let missing = [...Map.groupBy(subjects, keyOf)]
    .map(([key, same]) => ({ key, subject: same.reduce(together) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === 100) throw new Error(`${missing.map(({ key }) => key).join(", ")} could not be put into the queue`);
    const waiting = await bringForward(connection, missing, at);
    const given = missing.filter(({ key }) => !waiting.has(key)).map((one) => ({ id: randomUUID(), ...one }));
    if (given.length === 0) return;
    const inserted = new Set(
      await boss.insert(
        queue,
        given.map(({ id, key, subject }) => ({
          id,
          data: { subject },
          singletonKey: key,
          group: { id: key },
          ...(at && { startAfter: at }),
        })),
        { db: connection, returnId: true },
      ),
    );
    // The others were put by somebody else between the two statements.
    missing = given.filter(({ id }) => !inserted.has(id)).map(({ key, subject }) => ({ key, subject }));
  }
}

/** What was heard of a subject twice. */
function together(before: Subject, now: Subject): Subject {
  return before.kind === "pull-request" && before.pushed ? now : withoutPush(now);
}

/** @returns keys of those that wait; their rows are locked */
async function bringForward(
  connection: Connection,
  subjects: readonly { key: string; subject: Subject }[],
  at: Date | undefined,
): Promise<ReadonlySet<unknown>> {
  // The condition on the key is the one of the unique index. What is due as it is is not written: a flood is about few subjects.
  // A push is told of only where nothing else was heard: see together().
  const { rows } = await connection.executeSql(
    `with given as materialized (
       select key, jsonb_build_object('subject', subject) as data, coalesce($2::timestamptz, now()) as due
       from json_to_recordset($1::text::json) as one(key text, subject jsonb)
     ), waiting as materialized (
       select job.id, key, due, start_after > due as sooner, job.data as known,
         case when job.data->'subject' ? 'pushed' then given.data else given.data #- '{subject,pushed}' end as data
       from ${jobs} job join given on coalesce(singleton_key, '') = key
       where name = '${queue}' and policy = 'stately' and state = 'created' order by key for update of job
     ), changed as (
       update ${jobs} job set start_after = least(start_after, due), data = waiting.data
       from waiting where name = '${queue}' and job.id = waiting.id and (sooner or known <> waiting.data)
     )
     select key from waiting`,
    [JSON.stringify(subjects), at?.toISOString() ?? null],
  );
  return new Set(rows.map(({ key }) => key));
}

import { PgBoss } from "pg-boss";
import { keyOf, type Subject } from "../subject.ts";
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
 * Makes the subject wait, from that time on or from now. When it waits already the earlier time counts; that row is then locked until
 * the transaction ends, so that nobody takes the subject without what the transaction adds.
 */
export async function putSubject(boss: PgBoss, connection: Connection, subject: Subject, at?: Date): Promise<void> {
  const key = keyOf(subject);
  const data = { subject };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const options = { singletonKey: key, group: { id: key }, db: connection };
    if ((await boss.send(queue, data, at === undefined ? options : { ...options, startAfter: at })) !== null) return;
    const { rows } = await connection.executeSql(
      `update ${jobs} set start_after = least(start_after, coalesce($2::timestamptz, now())), data = $3::jsonb
       where name = '${queue}' and singleton_key = $1 and state = 'created' returning id`,
      [key, at?.toISOString() ?? null, JSON.stringify(data)],
    );
    // None: it was taken between the two statements, and has to wait again.
    if (rows.length > 0) return;
  }
  throw new Error(`${key} could not be put into the queue`);
}

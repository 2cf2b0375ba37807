import type { PgBoss } from "pg-boss";
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { type Subject, subjectSchema, withoutPush } from "../subject.ts";
import type { Connection, Database } from "./database.ts";
import { deadLetters, jobs, putSubjects, queue } from "./queues.ts";

/** A subject that this process works on, and nobody else as long as it gives signs of life. */
export interface HeldSubject {
  subject: Subject;
  /** Failed tries before this one. */
  tries: number;
  /** A sign of life. @returns false when the subject is no longer ours */
  beat(): Promise<boolean>;
  done(): Promise<void>;
  failed(reason: string): Promise<void>;
  /** Waits again, from that time on or from now; no failed try. */
  postponed(at?: Date): Promise<void>;
}

const jobSchema = z.object({
  id: z.string(),
  singletonKey: z.string(),
  retryCount: z.number(),
  data: z.object({ subject: subjectSchema }),
});
type Job = z.infer<typeof jobSchema>;

const unreadable = "this version cannot read what the queue has here";

/** @returns undefined when nothing is due */
export async function takeSubject(database: Database, boss: PgBoss, log: Log): Promise<HeldSubject | undefined> {
  for (;;) {
    const job = await takeJob(database, boss);
    if (job !== unreadable) return job && holdSubject(database, boss, job);
    log.error({}, `put aside as a dead letter: ${unreadable}`);
  }
}

function takeJob(database: Database, boss: PgBoss): Promise<Job | typeof unreadable | undefined> {
  return database.transaction(async (connection) => {
    // The concurrency of one a group passes over subjects that are being worked on; the unique index of the queue's policy makes sure.
    const [found] = await boss.fetch(queue, { includeMetadata: true, groupConcurrency: 1, db: connection });
    if (found === undefined) return undefined;
    const { data: job } = jobSchema.safeParse(found);
    if (job === undefined) {
      // It would be the first to be taken for ever, and another try reads the same.
      await connection.executeSql(`update ${jobs} set retry_limit = 0 where name = '${queue}' and id = $1`, [found.id]);
      await boss.fail(queue, found.id, { message: unreadable }, { db: connection });
      return unreadable;
    }
    // Whoever takes it looks at everything, so also at what the subject waited for besides, such as another try.
    const besides = await boss.findJobs(queue, { key: job.singletonKey, queued: true, db: connection });
    if (besides.length > 0)
      await boss.deleteJob(
        queue,
        besides.map(({ id }) => id),
        { db: connection },
      );
    return besides.length > 0 ? { ...job, data: { subject: withoutPush(job.data.subject) } } : job;
  });
}

function holdSubject(database: Database, boss: PgBoss, { id, singletonKey, retryCount, data: { subject } }: Job): HeldSubject {
  // The same job may be with another worker by now: then it has another count.
  const beat = async (connection: Connection) => {
    const { rows } = await connection.executeSql(
      `update ${jobs} set heartbeat_on = now()
       where name = '${queue}' and id = $1 and retry_count = $2 and state = 'active' returning id`,
      [id, retryCount],
    );
    return rows.length > 0;
  };
  const settle = (work: (connection: Connection) => Promise<unknown>) =>
    database.transaction(async (connection) => {
      if (await beat(connection)) await work(connection);
    });
  return {
    subject,
    tries: retryCount,
    beat: () => beat(database),
    done: () =>
      settle(async (connection) => {
        await boss.complete(queue, id, null, { db: connection });
        const dead = await boss.findJobs(deadLetters, { key: singletonKey, db: connection });
        if (dead.length > 0)
          await boss.deleteJob(
            deadLetters,
            dead.map((letter) => letter.id),
            { db: connection },
          );
      }),
    failed: (reason) => settle((connection) => boss.fail(queue, id, { message: reason.slice(0, 2_000) }, { db: connection })),
    postponed: (at) =>
      settle(async (connection) => {
        await putSubjects(boss, connection, [subject], at);
        await boss.complete(queue, id, null, { db: connection });
      }),
  };
}

import type { Database } from "./database.ts";
import { deadLetters, jobs, queue } from "./queues.ts";

/** What is in the queue, for people and for alerts. */
export interface Overview {
  /** Due now. */
  waiting: number;
  /** Will be due: come back later, or another try. */
  postponed: number;
  active: number;
  /** How long the first of those that are due has been waiting, in seconds. */
  oldestSeconds: number;
  dead: number;
}

/** @throws when the store does not answer */
export async function readOverview(database: Database): Promise<Overview> {
  const { rows } = await database.executeSql(
    `select
       count(*) filter (where name = '${queue}' and state < 'active' and start_after <= now())::int as waiting,
       count(*) filter (where name = '${queue}' and state < 'active' and start_after > now())::int as postponed,
       count(*) filter (where name = '${queue}' and state = 'active')::int as active,
       coalesce(extract(epoch from now() - min(start_after)
         filter (where name = '${queue}' and state < 'active' and start_after <= now())), 0)::float8 as oldest,
       count(*) filter (where name = '${deadLetters}')::int as dead
     from ${jobs} where state < 'completed'`,
  );
  const row = rows[0] ?? {};
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    waiting: number("waiting"),
    postponed: number("postponed"),
    active: number("active"),
    oldestSeconds: number("oldest"),
    dead: number("dead"),
  };
}

/** A subject as the status page shows it. */
export interface ListedSubject {
  /** Owner and name, and what in it. */
  subject: unknown;
  state: "waiting" | "postponed" | "active" | "dead" | "looked at";
  /** Since when it waits or is worked on, from when on it may be taken, when it was put aside or looked at. */
  at: Date;
  tries: number;
  /** Why it failed last. */
  error?: string | undefined;
}

/** The latest of each state, so many in all. */
export async function listSubjects(database: Database, limit = 100): Promise<readonly ListedSubject[]> {
  const { rows } = await database.executeSql(
    `select * from (
       select distinct on (name, singleton_key, state) data -> 'subject' as subject, retry_count, output ->> 'message' as error,
         case when name = '${deadLetters}' then 'dead' when state = 'active' then 'active' when state = 'completed' then 'looked at'
           when start_after > now() then 'postponed' else 'waiting' end as state,
         case when name = '${deadLetters}' then created_on when state = 'active' then started_on
           when state = 'completed' then completed_on else start_after end as at,
         coalesce(source_retry_count + 1, retry_count) as tries
       from ${jobs} where state in ('created', 'retry', 'active', 'completed')
       order by name, singleton_key, state, completed_on desc
     ) latest order by state = 'looked at', at desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    subject: row["subject"],
    state: row["state"] as ListedSubject["state"],
    at: new Date(String(row["at"])),
    tries: Number(row["tries"]),
    error: row["error"] === null ? undefined : String(row["error"]),
  }));
}

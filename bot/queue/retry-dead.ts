import type { PgBoss } from "pg-boss";
import * as z from "zod/mini";
import { subjectSchema } from "../subject.ts";
import type { Database } from "./database.ts";
import { deadLetters, jobs, putSubjects } from "./queues.ts";

/** Lets everything that was given up wait again, with all its tries. @returns how many subjects */
export function retryDead(database: Database, boss: PgBoss): Promise<number> {
  return database.transaction(async (connection) => {
    const { rows } = await connection.executeSql(
      `delete from ${jobs} where name = $1 and state = 'created' returning singleton_key as key, data -> 'subject' as subject`,
      [deadLetters],
    );
    // What an earlier version wrote in another form is found again by the sweep.
    const subjects = rows.flatMap(({ subject }) => z.safeParse(subjectSchema, subject).data ?? []);
    await putSubjects(boss, connection, subjects);
    return new Set(rows.map(({ key }) => key)).size;
  });
}

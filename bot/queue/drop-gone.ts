import * as z from "zod/mini";
import type { Database } from "./database.ts";
import { deadLetters, jobs, queue } from "./queues.ts";
import type { Gone } from "./store.ts";

const notTaken = `name in ('${queue}', '${deadLetters}') and state in ('created', 'retry')`;

/** @returns how many subjects it was */
export async function dropGone(database: Database, { installation, repositories }: Gone): Promise<number> {
  const { rows } = await database.executeSql(
    `delete from ${jobs} where ${notTaken} and data #>> '{subject,repository,installation}' = $1
       and ($2::text is null or data #>> '{subject,repository,id}' in (select json_array_elements_text($2::text::json)))
     returning singleton_key as key`,
    [String(installation), repositories === undefined ? null : JSON.stringify(repositories.map(String))],
  );
  return new Set(rows.map(({ key }) => key)).size;
}

const placeSchema = z.object({ installation: z.coerce.number(), repository: z.coerce.number() });
type Place = z.infer<typeof placeSchema>;

/** Where something has waited or been put aside for an hour. */
export async function longWaiting(database: Database): Promise<readonly Place[]> {
  const { rows } = await database.executeSql(
    `select distinct data #>> '{subject,repository,installation}' as installation, data #>> '{subject,repository,id}' as repository
     from ${jobs} where ${notTaken} and created_on < now() - interval '1 hour'
       and data #>> '{subject,repository,id}' is not null`,
  );
  return rows.map((row) => placeSchema.parse(row));
}

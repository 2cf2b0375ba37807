import type { Database } from "./database.ts";

/** Forgets the tip of a ledger, so that the branch is taken as it is when it is read next. @returns of how many repositories it was */
export async function acceptLedger(database: Database, tip: string): Promise<number> {
  const { rows } = await database.executeSql(
    "delete from assay.memory where key ~ '^[0-9]+/ledger-tip$' and value = to_jsonb($1::text) returning key",
    [tip],
  );
  return rows.length;
}

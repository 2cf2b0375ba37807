import pg from "pg";
import type { Database } from "./database.ts";

/** "assay" in ASCII: replicas that start at once take turns. */
const lock = 0x61737361;

/** A PostgreSQL server, which several replicas may share. */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "assay",
    connectionTimeoutMillis: 5_000,
    statement_timeout: 60_000,
    // A replica that vanishes from the network must not hold its locks.
    idle_in_transaction_session_timeout: 30_000,
  });
  // An idle connection that the server ends; the pool opens another one.
  pool.on("error", onError);
  // One in use tells whoever waits for its answer; without a listener it would end the process besides.
  pool.on("connect", (client) => void client.on("error", () => {}));
  return {
    backend: "postgres",
    executeSql: (text, values) => query(pool, text, values),
    async transaction(work) {
      const client = await pool.connect();
      let broken = false;
      try {
        await client.query("BEGIN");
        const result = await work({ executeSql: (text, values) => query(client, text, values) });
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async exclusively(work) {
      const client = await pool.connect();
      try {
        await client.query(`select pg_advisory_lock(${lock})`);
        return await work();
      } finally {
        // The lock ends with its connection.
        client.release(true);
      }
    },
    // Its autovacuum.
    reclaim: async () => {},
    close: () => pool.end(),
  };
}

async function query(to: pg.Pool | pg.PoolClient, text: string, values?: unknown[]) {
  const result: pg.QueryResult | pg.QueryResult[] = await to.query(text, values);
  // Several statements have a result each.
  return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows ?? []) : result.rows };
}

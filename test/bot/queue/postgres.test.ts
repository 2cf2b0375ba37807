import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection, Database } from "../../../bot/queue/database.ts";
import { openPostgres } from "../../../bot/queue/postgres.ts";
import { skipWithout } from "../../requirements.ts";
import { missingPostgresql, type Postgresql, startPostgresql } from "../postgresql.ts";

describe.skipIf(skipWithout("postgresql", "connections that PostgreSQL ends", missingPostgresql()))(
  "connections that PostgreSQL ends",
  () => {
    let server: Postgresql;
    let database: Database;
    let other: Database;
    beforeAll(async () => {
      server = await startPostgresql();
    });
    afterAll(() => server?.stop());
    beforeEach(() => {
      const url = server.createDatabase();
      [database, other] = [openPostgres(url, () => {}), openPostgres(url, () => {})];
    });
    afterEach(async () => {
      await database.close();
      await other.close();
    });

    const ended = async (connection: Connection) => {
      const { rows } = await connection.executeSql("select pg_backend_pid() as id");
      await other.executeSql("select pg_terminate_backend($1, 10000)", [rows[0]?.["id"]]);
    };
    const works = async () => expect((await database.executeSql("select 1 as one")).rows).toEqual([{ one: 1 }]);

    it("fail the transaction that is in between two statements, and end nothing else", async () => {
      const work = database.transaction(async (connection) => {
        await ended(connection);
        await connection.executeSql("select 1");
      });
      await expect(work).rejects.toThrow();
      await works();
    });

    it("fail the transaction that waits for an answer, and end nothing else", async () => {
      const work = database.transaction(async (connection) => {
        const { rows } = await connection.executeSql("select pg_backend_pid() as id");
        const sleeps = connection.executeSql("select pg_sleep(60)");
        await Promise.all([sleeps, other.executeSql("select pg_terminate_backend($1)", [rows[0]?.["id"]])]);
      });
      await expect(work).rejects.toThrow();
      await works();
    });

    it("leave the process alive that has the database to itself", async () => {
      await database.exclusively(async () => {
        await other.executeSql("select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory'");
        await works();
      });
      await works();
    });
  },
);

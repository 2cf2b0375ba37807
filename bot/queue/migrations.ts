import { UsageError } from "../../src/errors/errors.ts";
import type { Database } from "./database.ts";

/** In order, and never changed once released: each takes the tables from its index to the next version. */
const migrations: readonly string[] = [
  `create table assay.delivery (
     guid text primary key,
     event text not null,
     received_at timestamptz not null default now()
   );
   create index delivery_received_at on assay.delivery (received_at);
   create table assay.request (
     subject text not null,
     key text not null,
     request jsonb not null,
     ordinal bigint generated always as identity,
     closed_at timestamptz,
     primary key (subject, key)
   );
   create table assay.memory (
     key text primary key,
     value jsonb not null,
     changed_at timestamptz not null default now()
   );`,
  `alter table assay.request add column added_at timestamptz not null default now();
   alter table assay.memory add column kept_until timestamptz;
   update assay.memory set kept_until = changed_at + interval '400 days' where key ~ '^\\d+/(pull|queue|queued|started|head)/';
   create index memory_kept_until on assay.memory (kept_until);`,
];

/** Brings our own tables to this version. pg-boss looks after its own, in a schema of its own. One process at a time. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.executeSql(
      "create schema if not exists assay; create table if not exists assay.version (version int not null);",
    );
    const { rows } = await connection.executeSql("select version from assay.version");
    const version = Number(rows[0]?.["version"] ?? 0);
    if (version > migrations.length)
      throw new UsageError(
        `The store was written by a later version of Assay (store version ${version}, this one knows ${migrations.length}). Start ` +
          "that version, or give this one a fresh database: what matters is read from GitHub again.",
      );
    for (const statements of migrations.slice(version)) await connection.executeSql(statements);
    await connection.executeSql(
      rows.length === 0
        ? `insert into assay.version values (${migrations.length})`
        : `update assay.version set version = ${migrations.length}`,
    );
  });
}

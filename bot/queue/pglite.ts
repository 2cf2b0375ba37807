import { PGlite } from "@electric-sql/pglite";
import { fromPglite } from "pg-boss";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { prepareFolder } from "../operations/data-folder.ts";
import type { Connection, Database } from "./database.ts";
import { diskRoom } from "./disk-room.ts";
import { lockFolder } from "./folder-lock.ts";
import { databaseFolder, unusable } from "./unusable.ts";

/** A PostgreSQL in this process, kept in a folder. */
export async function openPglite(folder: string): Promise<Database> {
  await prepareFolder(folder);
  const unlock = lockFolder(folder);
  try {
    const pglite = await PGlite.create(databaseFolder(folder));
    const whole = fromPglite(pglite);
    const hasRoom = diskRoom(folder, createNodeFiles().freeBytes);
    return {
      backend: "pglite",
      async executeSql(text, values) {
        await hasRoom();
        return whole.executeSql(text, values);
      },
      async transaction(work) {
        await hasRoom();
        return pglite.transaction((inside) => {
          const connection: Connection = {
            async executeSql(text, values) {
              if (values?.length) return await inside.query<Record<string, unknown>>(text, values);
              return { rows: (await inside.exec(text)).flatMap(({ rows }) => rows as Record<string, unknown>[]) };
            },
          };
          return work(connection);
        });
      },
      async reclaim() {
        // One statement each: neither can be in a transaction with another.
        for (const statement of ["vacuum", "checkpoint"]) await whole.executeSql(statement);
      },
      // The folder is locked.
      exclusively: (work) => work(),
      async close() {
        await pglite.close().finally(unlock);
      },
    };
  } catch (error) {
    unlock();
    throw await unusable(folder, error);
  }
}

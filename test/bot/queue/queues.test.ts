import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { openPglite } from "../../../bot/queue/pglite.ts";
import { defaultTimes, jobs, putSubjects, queue, startQueues } from "../../../bot/queue/queues.ts";
import { keyOf } from "../../../bot/subject.ts";
import { createStoreFolder } from "../store-folder.ts";
import { aPullRequest } from "./deliveries.ts";

it("puts subjects into the queue as pg-boss sends them one by one", async () => {
  const folder = await createStoreFolder();
  const database = await openPglite(folder);
  const boss = await startQueues(database, defaultTimes, (error) => {
    throw error;
  });
  const [first, second, third] = [1, 2, 3].map(aPullRequest);
  if (!first || !second || !third) throw new Error("three");
  const later = new Date("2050-01-01T00:00:00Z");
  try {
    for (const [subject, at] of [[first], [second], [third, later]] as const)
      await boss.send(
        queue,
        { subject },
        { singletonKey: keyOf(subject), group: { id: keyOf(subject) }, ...(at && { startAfter: at }) },
      );
    const sent = await rows();
    await database.executeSql(`delete from ${jobs}`);
    await database.transaction(async (connection) => {
      await putSubjects(boss, connection, [first, second, first]);
      await putSubjects(boss, connection, [third], later);
    });
    expect(await rows()).toEqual(sent);
    await database.transaction((connection) => putSubjects(boss, connection, [third, second]));
    expect((await rows()).map(({ waits }) => waits)).toEqual([null, null, null]);
  } finally {
    await boss.stop({ graceful: false, close: false });
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }

  /** All columns, but those that differ from one call to the next. */
  async function rows() {
    const { rows } = await database.executeSql(
      `select (to_jsonb(job) - 'id' - 'created_on' - 'start_after' - 'keep_until') as row, keep_until - start_after as kept,
       case when start_after > now() then start_after end as waits from ${jobs} job order by singleton_key`,
    );
    return rows;
  }
});

import type { Database } from "./database.ts";

/**
 * What nobody needs any more goes. GitHub sends a delivery again for three days, and a comment that was answered is told by its reaction;
 * a request that had no answer in a year is about something that the app was never let see again.
 */
const expired = `
  delete from assay.delivery where received_at < now() - interval '7 days';
  delete from assay.request where closed_at < now() - interval '30 days';
  delete from assay.request where closed_at is null and added_at < now() - interval '365 days';
  delete from assay.memory where kept_until < now();`;

export async function forgetExpired(database: Database): Promise<void> {
  await database.executeSql(expired);
}

/** Some time after the start, and then every hour. @returns ends it */
export function keepHouse(database: Database, onError: (error: Error) => void): () => void {
  const work = () => forgetExpired(database).then(database.reclaim, onError).catch(onError);
  const timers = [setTimeout(work, minute), setInterval(work, hour)];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearTimeout);
}

const minute = 60_000;
const hour = 60 * minute;

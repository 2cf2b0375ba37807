import { AssayError, UsageError } from "../../src/errors/errors.ts";
import { type Log, silentLog } from "../log.ts";
import { passwordsIn, redact } from "../redact.ts";
import { acceptLedger } from "./accept-ledger.ts";
import type { Database } from "./database.ts";
import { createDurableStore, createIntake } from "./durable-store.ts";
import { takeSubject } from "./held-subject.ts";
import { forgetExpired, keepHouse } from "./housekeeping.ts";
import { migrate } from "./migrations.ts";
import { type ListedSubject, listSubjects, type Overview, readOverview } from "./overview.ts";
import { defaultTimes, type QueueTimes, startQueues } from "./queues.ts";
import { retryDead } from "./retry-dead.ts";
import type { Store, Worker } from "./store.ts";
import { SubjectWorker } from "./subject-worker.ts";
import { unusable } from "./unusable.ts";

/** Where the store is: a folder of this machine, for one process, or a PostgreSQL, for any number. */
export type StoreLocation = { folder: string } | { url: string };

export interface StoreOptions extends Partial<QueueTimes> {
  concurrency?: number | undefined;
  graceSeconds?: number | undefined;
  log?: Log | undefined;
}

export interface OpenStore extends Store {
  readonly worker: Worker;
  /** @throws when the store does not answer */
  overview(): Promise<Overview>;
  subjects(limit?: number): Promise<readonly ListedSubject[]>;
  /** Puts dead letters back into the queue. @returns how many subjects */
  retryDead(): Promise<number>;
  /** Lets go of a ledger's tip that it does not have any more. @returns of how many repositories it was remembered */
  acceptLedger(lostTip: string): Promise<number>;
}

/** GitHub waits for an answer, and a subject that waits meanwhile is looked at once for all that happened to it. */
const intakeFirstMilliseconds = 250;

/**
 * Opens the store and brings it to this version; replicas may do so at once.
 * @throws UsageError when it is in use, of a later version, damaged, or not to be written to
 */
export async function openStore(location: StoreLocation, options: StoreOptions = {}): Promise<OpenStore> {
  const { log = silentLog } = options;
  const database = await openDatabase(location, (error) => log.error({ err: error }, "the store reports an error"));
  try {
    return await openStoreOn(database, options);
  } catch (cause) {
    throw cause instanceof AssayError ? cause : await unfit(location, cause);
  }
}

/** The same on a database that is open already, and is closed with the store. */
export async function openStoreOn(database: Database, options: StoreOptions = {}): Promise<OpenStore> {
  const { concurrency = 8, graceSeconds = 20, log = silentLog } = options;
  const times: QueueTimes = { ...defaultTimes, ...options };
  const onError = (error: Error) => log.error({ err: error }, "the store reports an error");
  try {
    const boss = await database.exclusively(async () => {
      await migrate(database);
      return startQueues(database, times, onError);
    });
    const intake = createIntake(database, boss);
    const take = async () => {
      await intake.quiet(intakeFirstMilliseconds);
      return takeSubject(database, boss, log);
    };
    const worker = new SubjectWorker(take, { ...times, concurrency, graceSeconds, log });
    await forgetExpired(database);
    const leaveHouse = keepHouse(database, onError);
    return {
      ...createDurableStore(database, boss, intake, () => worker.wake(), log),
      worker,
      overview: () => readOverview(database),
      subjects: (limit) => listSubjects(database, limit),
      retryDead: () => retryDead(database, boss),
      acceptLedger: (lostTip) => acceptLedger(database, lostTip),
      async close() {
        leaveHouse();
        await worker.stop();
        await boss.stop({ graceful: false, close: false });
        await database.close();
      },
    };
  } catch (error) {
    // What keeps it from being opened may keep it from being closed too.
    await database.close().catch(() => {});
    throw error;
  }
}

/** Each is loaded only when it is used. */
async function openDatabase(location: StoreLocation, onError: (error: Error) => void): Promise<Database> {
  if (!("url" in location)) return (await import("./pglite.ts")).openPglite(location.folder);
  const database = (await import("./postgres.ts")).openPostgres(location.url, onError);
  try {
    await database.executeSql("select 1");
    return database;
  } catch (cause) {
    await database.close();
    throw await unfit(location, cause);
  }
}

const permissionDenied = "42501";

async function unfit(location: StoreLocation, cause: unknown): Promise<UsageError> {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (!("url" in location)) return unusable(location.folder, cause);
  const told = redact(why, passwordsIn(location.url)) || "no answer";
  const isDenied = cause instanceof Error && "code" in cause && cause.code === permissionDenied;
  const fix = isDenied
    ? "The app keeps its tables in the schemas assay and assay_queue, which it makes itself: its user needs the rights CONNECT and CREATE on the database, and has to own those schemas where they are there already."
    : "See that it runs, can be reached from here and knows the user, password and database.";
  // Without the cause, which may hold the address.
  return new UsageError(`DATABASE_URL names a PostgreSQL that cannot be used: ${told.replace(/\.$/, "")}. ${fix}`);
}

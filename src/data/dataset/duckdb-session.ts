import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import { type Connection, type DuckDb, errorKind, loadDuckDb, sqlText, withoutPatterns } from "../duckdb.ts";
import { quoted } from "../table-request.ts";

export interface SessionOptions {
  files: Files;
  /** All that may be read, with the names of messages. */
  readable: ReadonlyMap<string, string>;
  seconds: number;
  /** Default: those of the machine. */
  threads?: number | undefined;
  /** Bytes that DuckDB may hold before it writes to the temporary folder. */
  memory?: number | undefined;
  /** Whether what is loaded is kept small on disk, which takes twice as long. */
  compress: boolean;
  load?: (() => Promise<DuckDb>) | undefined;
}

export type Value = string | number | boolean | null;

/** DuckDB could not read the data; the cause is what it said, with values and paths of this machine. */
export class UnreadError extends UsageError {}

/**
 * A DuckDB of its own with a database in a temporary folder. From the start it can read the given files and nothing else: no
 * other path, no network, no extension; nothing that runs in it can change that.
 */
export interface DuckDbSession {
  run(sql: string): Promise<void>;
  /** Small results. */
  rows(sql: string): Promise<Value[][]>;
  /** Results of any size, of columns that are DOUBLE and never NULL; the arrays are valid during the call. */
  stream(sql: string, columns: number, use: (values: readonly Float64Array[], rows: number) => void): Promise<void>;
  /** Writes records of texts, where DuckDB's own reader would not read them as they are. */
  append(table: string, write: (add: (record: readonly (string | null)[]) => void) => Promise<void>): Promise<void>;
  /** One statement that only reads; at most so many rows of its result. */
  select(sql: string, maxRows: number): Promise<{ columns: string[]; rows: Value[][] }>;
  /** Of a table or view that nothing else is called. */
  newName(): string;
  /** The time limit, or another one, counts from now on. */
  restartClock(seconds?: number): void;
  /** Removes the temporary folder. */
  close(): Promise<void>;
}

export async function openDuckDbSession(options: SessionOptions): Promise<DuckDbSession> {
  const { files, readable, seconds } = options;
  const duckdb = await loadDuckDb(options.load);
  const folder = await files.makeTemporaryFolder("assay-data-");
  const instance = await duckdb.DuckDBInstance.create(join(folder, "data.duckdb"), {
    threads: String(options.threads ?? availableParallelism()),
    memory_limit: `${Math.floor((options.memory ?? defaultMemory()) / 2 ** 20)}MiB`,
    temp_directory: join(folder, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  }).catch(removeAndThrow);
  const connection = await open(instance).catch(removeAndThrow);
  let allowed = seconds;
  let deadline = Date.now() + allowed * 1_000;

  async function open({ connect }: typeof instance): Promise<Connection> {
    const opened = await connect.call(instance);
    // The paths as they are opened, and as queries spell them.
    const paths = [...readable.keys()].flatMap((path) => [...new Set([path, withoutPatterns(path)])]);
    for (const statement of [
      "SET TimeZone = 'UTC'",
      `SET force_compression = '${options.compress ? "auto" : "uncompressed"}'`,
      `SET allowed_paths = [${paths.map(sqlText).join(", ")}]`,
      "SET enable_external_access = false",
      "SET lock_configuration = true",
    ])
      await opened.run(statement);
    return opened;
  }

  async function removeAndThrow(error: unknown): Promise<never> {
    await files.remove(folder);
    throw error;
  }

  let names = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other, since a result that is read in parts is lost when the next query begins. */
  function inTurn<T>(work: () => Promise<T>, failed = unread): Promise<T> {
    const done = last.then(() => guarded(work, failed));
    last = done.catch(() => {});
    return done;
  }

  /** The message may end in a public comment. */
  function unread(error: unknown): UsageError {
    return new UnreadError(`${quoted([...readable.values()], 3)} could not be read: ${errorKind(error)}.`, { cause: error });
  }

  function tooLate(cause: unknown): UsageError {
    return new UsageError(`Reading the data took longer than ${allowed} seconds. Read fewer rows or columns, or a sample.`, {
      cause,
    });
  }

  /** Ends what takes too long, and says what went wrong without the machine's paths. */
  async function guarded<T>(work: () => Promise<T>, failed: (error: unknown) => UsageError): Promise<T> {
    if (Date.now() >= deadline) throw tooLate(new Error("INTERRUPT Error: it was not begun"));
    // What is interrupted before it runs goes on.
    const interrupt = () => {
      connection.interrupt();
      timer = setTimeout(interrupt, 100);
    };
    let timer = setTimeout(interrupt, deadline - Date.now());
    try {
      return await work();
    } catch (error) {
      if (Date.now() >= deadline) throw tooLate(error);
      throw error instanceof UsageError ? error : failed(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    run: (sql) =>
      inTurn(async () => {
        await connection.run(sql);
      }),
    rows: (sql) =>
      inTurn(async () => {
        const reader = await connection.runAndReadAll(sql);
        return reader.getRows().map((row) => row.map(plain));
      }),
    stream: (sql, columns, use) =>
      inTurn(async () => {
        const result = await connection.stream(sql);
        const buffers = Array.from({ length: columns }, () => new Float64Array(largestChunk));
        let coming = result.fetchChunk();
        try {
          for (let chunk = await coming; chunk && chunk.rowCount > 0; chunk = await coming) {
            // DuckDB makes the next one while this one is used.
            coming = result.fetchChunk();
            const rows = chunk.rowCount;
            const values = buffers.map((buffer, column) => {
              const vector = chunk?.getColumnVector(column);
              for (let row = 0; row < rows; row++) buffer[row] = vector?.getItem(row) as number;
              return rows === buffer.length ? buffer : buffer.subarray(0, rows);
            });
            use(values, rows);
            if (Date.now() >= deadline) throw new Error("late");
          }
        } finally {
          // Whatever went wrong here, the connection is free when this ends.
          await coming.catch(() => undefined);
        }
      }),
    append: (table, write) =>
      inTurn(async () => {
        const appender = await connection.createAppender(table);
        let rows = 0;
        try {
          await write((record) => {
            for (const value of record) {
              if (value === null) appender.appendNull();
              else appender.appendVarchar(value);
            }
            appender.endRow();
            if (++rows % largestChunk === 0 && Date.now() >= deadline) throw new Error("late");
          });
          appender.flushSync();
        } finally {
          appender.closeSync();
        }
      }),
    select: (sql, maxRows) =>
      inTurn(
        async () => {
          const { SELECT } = duckdb.StatementType;
          const statements = await connection.extractStatements(sql);
          const prepared = statements.count === 1 ? await statements.prepare(0) : undefined;
          if (prepared?.statementType !== SELECT) throw new UsageError("A query must be one SELECT.");
          const result = await prepared.stream();
          const rows: Value[][] = [];
          for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
            rows.push(...chunk.getRows().map((row) => row.map(plain)));
            if (rows.length > maxRows) throw new UsageError(`A query gave more than ${maxRows} rows. Aggregate, or add a LIMIT.`);
          }
          return { columns: result.columnNames(), rows };
        },
        // What DuckDB says beside may be a cell's value.
        (error) => new UsageError(`The query failed: ${errorKind(error)}.`, { cause: error }),
      ),
    newName: () => `made_${++names}`,
    restartClock(other = seconds) {
      allowed = other;
      deadline = Date.now() + allowed * 1_000;
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      await files.remove(folder);
    },
  };
}

/** Rows of a chunk (DuckDB's STANDARD_VECTOR_SIZE). */
const largestChunk = 2_048;

/** Room for sorting the largest columns fast, and for all that runs beside. */
function defaultMemory(): number {
  const machine = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(256 * 2 ** 20, Math.min(2 * 2 ** 30, machine / 2));
}

function plain(value: unknown): Value {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "bigint" ? Number(value) : String(value);
}

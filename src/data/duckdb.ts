import { UsageError } from "../errors/errors.ts";
import { loadNative } from "../natives/load-native.ts";

export type DuckDb = typeof import("@duckdb/node-api");
export type Connection = Awaited<ReturnType<Awaited<ReturnType<DuckDb["DuckDBInstance"]["create"]>>["connect"]>>;

/**
 * Runs queries in a DuckDB of their own that can read these files and nothing else: no other path, no network, no
 * extensions. Threads are fixed, since results of some functions depend on them.
 * @throws UsageError when DuckDB cannot be loaded here
 */
export async function withDuckDb<T>(
  files: readonly string[],
  use: (connection: Connection) => Promise<T>,
  load?: () => Promise<DuckDb>,
): Promise<T> {
  const { DuckDBInstance } = await loadDuckDb(load);
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "2",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    const connection = await instance.connect();
    try {
      // The paths as they are opened, and as queries spell them.
      const paths = files.flatMap((file) => [file, withoutPatterns(file)]);
      await connection.run(`SET allowed_paths = [${paths.map(sqlText).join(", ")}]`);
      await connection.run("SET enable_external_access = false");
      await connection.run("SET lock_configuration = true");
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** @throws UsageError when DuckDB cannot be loaded here */
export async function loadDuckDb(load: () => Promise<DuckDb> = () => loadNative("@duckdb/node-api")): Promise<DuckDb> {
  return load().catch((error: unknown) => {
    throw new UsageError(
      `Tables are read with @duckdb/node-api, which could not be loaded for ${process.platform}-${process.arch} with Node ` +
        `${process.versions.node}. Install it with its optional dependencies (npm install @duckdb/node-api).`,
      { cause: error },
    );
  });
}

/** The kind of error that DuckDB tells of, `Conversion Error`: what its messages say beside may be the data's. */
export function errorKind(error: unknown): string {
  return /^[A-Z][A-Za-z -]{0,40}(?=: )/.exec(messageOf(error))?.[0] ?? "an unknown error";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function sqlText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  // A statement ends at the first of them.
  return quoted.includes("\0") ? `(${quoted.replaceAll("\0", "' || chr(0) || '")})` : quoted;
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** DuckDB reads `*`, `?` and `[` in a path as patterns; in brackets they stand for themselves. */
export function withoutPatterns(path: string): string {
  return path.replaceAll(/[[*?]/g, (character) => `[${character}]`);
}

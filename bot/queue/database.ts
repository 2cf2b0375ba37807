/** What SQL is sent through: a pool, or one transaction of it. pg-boss takes it as its own connection too. */
export interface Connection {
  /** Without values it may be several statements. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Port to a PostgreSQL; `pglite.ts` and `postgres.ts` implement it. */
export interface Database extends Connection {
  readonly backend: "pglite" | "postgres";
  /** Commits when the work resolves, rolls back when it rejects. Inside, only the connection that is handed in may be used. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Does the work while no other process does such work on this database. Inside, all of the database may be used. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Takes back the room of what was deleted or written anew, where no server does that by itself. */
  reclaim(): Promise<void>;
  close(): Promise<void>;
}

import type { Files } from "../../files/files.ts";
import type { DatasetLimits, ReadOptions } from "./dataset.ts";
import type { DuckDbSession } from "./duckdb-session.ts";
import type { SourceFiles } from "./source-files.ts";

/** What a loader is asked. */
export interface LoadRequest {
  /** The dataset, for messages. */
  name: string;
  source: SourceFiles;
  files: Files;
  session: DuckDbSession;
  /** The table or view to make. */
  relation: string;
  limits: DatasetLimits;
  onProgress: ReadOptions["onProgress"];
}

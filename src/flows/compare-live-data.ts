import { type Digest, digestOf } from "../evidence/digest.ts";
import type { Contents } from "../github/contents.ts";
import { newestRecord } from "../ledger/newest-record.ts";
import type { WatchedDrift } from "../report/drift-issue.ts";
import { type CompareTablesRequest, compareTables } from "./compare-tables.ts";
import { compareFilesTogether } from "./compare-together.ts";
import type { ReadingMachine } from "./compare-with-model.ts";
import type { DriftSettings } from "./drift-options.ts";
import type { Records } from "./fetch-run.ts";
import { withoutLabelsOf } from "./find-drift.ts";
import type { MonitorFilesRequest } from "./monitor-files.ts";
import type { TableMachine } from "./with-table.ts";

/** What live data is compared with. */
export type LiveReference =
  /** `table`: which of its tables. */
  | { readonly model: string; readonly table: string | undefined; readonly spec: string | undefined }
  | ({ readonly path: string; readonly maxDrifted: number; readonly together: boolean } & Readonly<
      Pick<CompareTablesRequest, "preset"> & DriftSettings
    >);

export interface LiveDataRequest {
  readonly reference: LiveReference;
  /** A file, a glob or a folder. */
  readonly current: string;
  /** What is watched. */
  readonly name: string;
  /** A model in use, looked at beside its data. */
  readonly monitored?: MonitorFilesRequest | undefined;
}

/** What the comparison needs: tables alone need no repository, and only a run that is not recorded yet needs GitHub. */
export interface LiveDataPlace {
  tables: TableMachine & { folder: string };
  ofModel(): Promise<{ machine: ReadingMachine; records: Records; contents: () => Promise<Contents> }>;
}

export interface ComparedLiveData {
  watched: WatchedDrift;
  /** Of the profile that the data was compared with. */
  reference: Digest;
}

/** Compares live data with a table, a profile, or a model's training data, and looks at the model's predictions where they are given. */
export async function compareLiveData(request: LiveDataRequest, place: LiveDataPlace): Promise<ComparedLiveData> {
  const compared = await compareData(request, place);
  if (request.monitored === undefined) return compared;
  const { monitorFiles } = await import("./monitor-files.ts");
  const { columns, ...monitored } = await monitorFiles(request.monitored, place.tables.files);
  const shown = columns.map((column) => ({ ...withoutLabelsOf(column, []), role: column.role }));
  return { ...compared, watched: { ...compared.watched, monitored: { ...monitored, columns: shown } } };
}

async function compareData(request: LiveDataRequest, place: LiveDataPlace): Promise<ComparedLiveData> {
  const { reference, current, name } = request;
  if ("path" in reference) {
    const { path, maxDrifted, together: isAsked, ...settings } = reference;
    const { folder, ...machine } = place.tables;
    const tables = { ...settings, reference: path, current, folder };
    const { result, profile } = await compareTables({ ...tables, public: [] }, machine);
    const together = isAsked ? await compareFilesTogether(tables, machine) : undefined;
    return { watched: { name, reference: path, current, result, maxDrifted, together }, reference: digestOf(profile) };
  }
  // It reads git and specs, which tables do not need.
  const { compareWithModel } = await import("./compare-with-model.ts");
  const { machine, records, contents } = await place.ofModel();
  const newest = async (model: string) => newestRecord(await contents(), model);
  const { table, result, maxDrifted, profile } = await compareWithModel({ ...reference, current }, machine, records, newest);
  const of = `training data of ${reference.model}, ${table}`;
  return { watched: { name, reference: of, current, result, maxDrifted }, reference: profile };
}

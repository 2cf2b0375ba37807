import { resolve } from "node:path";
import type { ColumnType, Profile } from "../data/profile.ts";
import { parseProfile, serializeProfile } from "../data/profile-schema.ts";
import { compareLikeEvidently } from "../drift/evidently/compare-like-evidently.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { DriftResult } from "../evidence/data-evidence.ts";
import { refuseUnknownTypes } from "./declared-types.ts";
import { findDrift, withoutLabels } from "./find-drift.ts";
import { readLikePandas } from "./read-like-pandas.ts";
import { type TableMachine, withTable } from "./with-table.ts";

export interface CompareTablesRequest {
  /** A table, or a profile: a file whose name ends in `.profile.json`. */
  reference: string;
  current: string;
  preset: DriftPreset;
  exclude: readonly string[];
  types: ReadonlyMap<string, ColumnType>;
  /** Columns whose values may be shown; of others only few values are. */
  public: readonly string[] | "all";
  /** That paths are relative to. */
  folder: string;
}

export const driftPresets = ["assay", "evidently-0.7"] as const;
export type DriftPreset = (typeof driftPresets)[number];

export interface ComparedTables {
  result: DriftResult;
  /** The reference's as it is stored. */
  profile: string;
}

/**
 * Compares a table with another, or with its profile: no `assay.yml`, no repository.
 * @throws UsageError when a file cannot be read as it is, or the preset needs rows and has a profile
 */
export async function compareTables(request: CompareTablesRequest, machine: TableMachine): Promise<ComparedTables> {
  const { reference, current, preset, exclude, types, folder, public: shown } = request;
  if (preset === "assay") {
    const profile = await readReference(request, machine);
    const result = await withTable({ paths: [current], folder, types }, machine, (dataset) => {
      refuseUnknownTypes(types, [profile, dataset]);
      return findDrift(profile, dataset, { drift: { exclude }, public: shown }, machine.progress);
    });
    return { result, profile: serializeProfile(profile) };
  }
  if (isProfile(reference))
    throw new UsageError(`Preset ${preset} goes by rows, and ${reference} is a profile. Name the table, or take preset assay.`);
  const read = (path: string, withProfile: boolean) =>
    withTable({ paths: [path], folder, types }, machine, async (dataset) => ({
      columns: dataset.columns,
      table: await readLikePandas(dataset, new Set(exclude)),
      profile: withProfile ? serializeProfile(await dataset.profile()) : "",
    }));
  const [before, now] = [await read(reference, true), await read(current, false)];
  refuseUnknownTypes(types, [before, now]);
  const result = compareLikeEvidently(before.table, now.table, { exclude: new Set(exclude) });
  return { result: withoutLabels(result, shown), profile: before.profile };
}

/** The profile of a table as it is stored. */
export async function profileOfTable(
  request: Pick<CompareTablesRequest, "reference" | "folder" | "types">,
  machine: TableMachine,
): Promise<string> {
  const profile = await readReference(request, machine);
  refuseUnknownTypes(request.types, [profile]);
  return serializeProfile(profile);
}

async function readReference(
  { reference, folder, types }: Pick<CompareTablesRequest, "reference" | "folder" | "types">,
  machine: TableMachine,
): Promise<Profile> {
  if (!isProfile(reference)) return withTable({ paths: [reference], folder, types }, machine, (dataset) => dataset.profile());
  const text = await machine.files.readText(resolve(folder, reference));
  if (text === undefined) throw new MissingDataError(`${reference}: there is no such file. Check the path.`);
  return parseProfile(text, reference);
}

function isProfile(path: string): boolean {
  return path.endsWith(".profile.json");
}

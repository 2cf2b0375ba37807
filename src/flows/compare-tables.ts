import { resolve } from "node:path";
import type { ColumnType, Profile } from "../data/profile.ts";
import { parseProfile, serializeProfile } from "../data/profile-schema.ts";
import { compareLikeEvidently } from "../drift/evidently/compare-like-evidently.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { DriftResult } from "../evidence/data-evidence.ts";
import { findDrift } from "./find-drift.ts";
import { readLikePandas } from "./read-like-pandas.ts";
import { type TableMachine, withTable } from "./with-table.ts";

export interface CompareTablesRequest {
  /** A table, or a profile: a file whose name ends in `.profile.json`. */
  reference: string;
  current: string;
  preset: DriftPreset;
  exclude: readonly string[];
  types: ReadonlyMap<string, ColumnType>;
  /** That paths are relative to. */
  folder: string;
}

export const driftPresets = ["assay", "evidently-0.7"] as const;
export type DriftPreset = (typeof driftPresets)[number];

/**
 * Compares a table with another, or with its profile: no `assay.yml`, no repository.
 * @throws UsageError when a file cannot be read as it is, or the preset needs rows and has a profile
 */
export async function compareTables(request: CompareTablesRequest, machine: TableMachine): Promise<DriftResult> {
  const { reference, current, preset, exclude, types, folder } = request;
  if (preset === "assay") {
    const profile = await readReference(request, machine);
    return withTable({ paths: [current], folder, types }, machine, (dataset) =>
      findDrift(profile, dataset, { drift: { exclude }, public: "all" }, machine.progress),
    );
  }
  if (isProfile(reference))
    throw new UsageError(
      `--preset ${preset} goes by rows, and ${reference} is a profile. Name the table, or leave --preset out.`,
    );
  const read = (path: string) =>
    withTable({ paths: [path], folder, types }, machine, (dataset) => readLikePandas(dataset, new Set(exclude)));
  return compareLikeEvidently(await read(reference), await read(current), { exclude: new Set(exclude) });
}

/** The profile of a table as it is stored. */
export async function profileOfTable(
  request: Pick<CompareTablesRequest, "reference" | "folder" | "types">,
  machine: TableMachine,
): Promise<string> {
  return serializeProfile(await readReference(request, machine));
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

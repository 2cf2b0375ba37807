import { resolve } from "node:path";
import type { CalendarCycle } from "../data/dataset/calendar.ts";
import type { Dataset } from "../data/dataset/dataset.ts";
import { mergeProfiles } from "../data/merge-profiles.ts";
import type { ColumnType, Profile } from "../data/profile.ts";
import { parseProfile, profileLimits, serializeProfile } from "../data/profile-schema.ts";
import { compareLikeEvidently } from "../drift/evidently/compare-like-evidently.ts";
import { compareLikeNannyml } from "../drift/nannyml/compare-like-nannyml.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { DriftResult } from "../evidence/data-evidence.ts";
import type { Files } from "../files/files.ts";
import { compilePattern } from "../plan/globs.ts";
import { type Drift, profilePresets } from "../spec/spec.ts";
import { refuseUnknownColumns, refuseUnknownTypes } from "./declared-types.ts";
import { findDrift, refuseEmpty, withoutLabels } from "./find-drift.ts";
import { type ChunkPeriod, readInChunks } from "./read-in-chunks.ts";
import { readLikePandas } from "./read-like-pandas.ts";
import { type TableMachine, withTable } from "./with-table.ts";

export interface CompareTablesRequest {
  /** A table, or a profile: a file whose name ends in `.profile.json`, or a glob of those of its parts. */
  reference: string;
  current: string;
  preset: DriftPreset;
  exclude: readonly string[];
  types: ReadonlyMap<string, ColumnType>;
  /** How much columns matter; 1 of others. */
  weights?: Readonly<Record<string, number>> | undefined;
  /** Columns that are looked at together, by what they embed. */
  embeddings?: Drift["embeddings"] | undefined;
  /** The reference's rows of the same hours, weekdays or months alone, by a column of times. */
  same?: SamePeriod | undefined;
  /** Columns whose values may be shown; of others only few values are. */
  public: readonly string[] | "all";
  /** Of preset nannyml-0.13: rows of a chunk; default: a tenth of them. */
  chunkSize?: number | undefined;
  /** Of the same: chunks by the periods of a column of times. */
  chunkPeriod?: ChunkPeriod | undefined;
  /** That paths are relative to. */
  folder: string;
}

/** Presets of other tools, which go by rows. */
const rowPresets = {
  "evidently-0.7": byRows(readLikePandas, compareLikeEvidently),
  "nannyml-0.13": byRows(readInChunks, (reference, current, { chunkSize, ...options }) => {
    const times = new Set([...reference.times, ...current.times]);
    const periods = reference.chunks && current.chunks && { reference: reference.chunks, current: current.chunks };
    const chunking = chunkSize === undefined ? periods : { size: chunkSize };
    return compareLikeNannyml(reference, current, { ...options, times, chunking });
  }),
} as const;

export const driftPresets = [...profilePresets, "evidently-0.7", "nannyml-0.13"] as const;
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
  const {
    current,
    preset,
    exclude,
    types,
    folder,
    public: shown,
    weights = {},
    embeddings = {},
    chunkSize,
    chunkPeriod,
  } = request;
  if (chunkSize !== undefined && chunkPeriod !== undefined)
    throw new UsageError("Chunks are of so many rows or of a period of time: leave one of the two out.");
  if ((chunkSize !== undefined || chunkPeriod !== undefined) && preset !== "nannyml-0.13")
    throw new UsageError(`Preset ${preset} has no chunks of rows: leave their size and period out, or take preset nannyml-0.13.`);
  if (preset !== "assay" && Object.keys(embeddings).length > 0)
    throw new UsageError(
      `Preset ${preset} looks at the columns of an embedding one by one: leave \`embeddings\` out, or take preset assay.`,
    );
  if (preset === "evidently-0.7" || preset === "nannyml-0.13") {
    if (request.same === undefined) return rowPresets[preset](request, machine);
    throw new UsageError(
      `Preset ${preset} compares with all rows: leave the same ${request.same.cycle} out, or take preset assay.`,
    );
  }
  if (request.same !== undefined) return compareSamePeriod(request, request.same, machine);
  const profile = await readReference(request, machine);
  const result = await withTable({ paths: [current], folder, types }, machine, (dataset) => {
    refuseUnknownColumns(request, [profile, dataset]);
    return findDrift(profile, dataset, { drift: { preset, exclude, weights, embeddings }, public: shown }, machine.progress);
  });
  return { result, profile: serializeProfile(profile) };
}

/** What comes round in the calendar, and the column of times that says when. */
export interface SamePeriod {
  by: string;
  cycle: CalendarCycle;
}

/** The rows of now with the reference's of the same hours, weekdays or months. */
async function compareSamePeriod(
  request: CompareTablesRequest,
  { by, cycle }: SamePeriod,
  machine: TableMachine,
): Promise<ComparedTables> {
  const { reference, current, preset, exclude, types, weights = {}, embeddings = {}, folder, public: shown } = request;
  if (isProfile(reference))
    throw new UsageError(`${reference} is a profile, which has no rows of a ${cycle} of their own. Name the table.`);
  if (preset !== "assay" && preset !== "psi-deciles") throw new Error("Presets that go by rows compare with all of them.");
  return withTable({ paths: [current], folder, types }, machine, async (now) => {
    const places = await now.calendarPlaces(by, cycle);
    const { whole, same } = await withTable({ paths: [reference], folder, types }, machine, async (before) => {
      refuseUnknownColumns(request, [before, now]);
      return { whole: await before.profile(), same: await (await before.during(places)).profile() };
    });
    const setting = { drift: { preset, exclude, weights, embeddings }, public: shown };
    // What is compared with changes with every day, and the reference does not.
    return { result: await findDrift(same, now, setting, machine.progress), profile: serializeProfile(whole) };
  });
}

interface RowOptions {
  exclude: ReadonlySet<string>;
  weights: ReadonlyMap<string, number>;
  chunkSize: number | undefined;
}

function byRows<Rows>(
  readRows: (dataset: Dataset, exclude: ReadonlySet<string>, chunkPeriod: ChunkPeriod | undefined) => Promise<Rows>,
  compare: (reference: Rows, current: Rows, options: RowOptions) => DriftResult,
): typeof compareTables {
  return async (request, machine) => {
    const { reference, current, preset, types, folder, chunkSize, chunkPeriod } = request;
    if (isProfile(reference))
      throw new UsageError(
        `Preset ${preset} goes by rows, and ${reference} is a profile. Name the table, or take preset ${profilePresets.join(" or ")}.`,
      );
    const exclude = new Set(request.exclude);
    const read = (path: string, withProfile: boolean) =>
      withTable({ paths: [path], folder, types }, machine, async (dataset) => ({
        columns: dataset.columns,
        rows: await readRows(dataset, exclude, chunkPeriod),
        profile: withProfile ? serializeProfile(await dataset.profile()) : "",
      }));
    const [before, now] = [await read(reference, true), await read(current, false)];
    refuseUnknownColumns(request, [before, now]);
    const weights = new Map(Object.entries(request.weights ?? {}));
    const result = refuseEmpty(compare(before.rows, now.rows, { exclude, weights, chunkSize }));
    return { result: withoutLabels(result, request.public), profile: before.profile };
  };
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
  const parts: Profile[] = [];
  for (const path of await profilesOf(reference, folder, machine.files)) {
    const text = await machine.files.readText(resolve(folder, path), profileLimits.bytes);
    if (text !== undefined) parts.push(parseProfile(text, path));
  }
  const [only] = parts;
  if (only === undefined) throw new MissingDataError(`${reference}: there is no such file. Check the path.`);
  return parts.length === 1 ? only : mergeProfiles(parts);
}

/** The file of that name, else those that it matches as a glob: profiles of a table's parts. */
async function profilesOf(reference: string, folder: string, files: Files): Promise<readonly string[]> {
  const { base, matches } = compilePattern(reference);
  if (base === reference || (await files.exists(resolve(folder, reference)))) return [reference];
  const below = (await files.exists(resolve(folder, base))) ? await files.list(resolve(folder, base)) : [];
  return below.map((path) => (base === "." ? path : `${base}/${path}`)).filter(matches);
}

export function isProfile(path: string): boolean {
  return path.endsWith(".profile.json");
}

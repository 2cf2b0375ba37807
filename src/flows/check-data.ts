import type { ColumnType, Profile } from "../data/profile.ts";
import { parseProfile, serializeProfile } from "../data/profile-schema.ts";
import { boundDrift } from "../drift/bounded.ts";
import { AssayError } from "../errors/errors.ts";
import type { DataEvidence } from "../evidence/data-evidence.ts";
import { type Digest, digestOf } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { commitTree, type Tree } from "../plan/tree.ts";
import type { Drift, Model } from "../spec/spec.ts";
import type { Machine } from "./context.ts";
import { isAsDeclared, unknownTypes, type WithColumns } from "./declared-types.ts";
import type { Records } from "./fetch-run.ts";
import { findDrift } from "./find-drift.ts";
import { keptProfile } from "./kept-profile.ts";
import { commandsOf } from "./model-commands.ts";
import { obtainData } from "./obtain-data.ts";
import { inWorktree } from "./train-model.ts";
import { notLookedAt, type TrainingTable, tablesOf } from "./training-tables.ts";
import { withTable } from "./with-table.ts";

export interface CheckDataRequest {
  /** By the law: what is looked for. */
  judgedAs: Model;
  candidate: DataSide;
  /** What it is compared with; undefined: there is nothing yet. */
  baseline: (DataSide & { commit: string }) | undefined;
  tree: Tree;
  folder: string;
}

/** A run, and its commit's own word on where its data lies. */
export interface DataSide {
  model: Model;
  evidence: Pick<Evidence, "inputs" | "data">;
}

/** What evidence says of the data, and the profiles that it names. */
export interface CheckedData {
  data: DataEvidence;
  profiles: ReadonlyMap<Digest, string>;
}

const maxMessage = 2_000;

/**
 * Profiles the candidate's training tables and compares them with the baseline's, by its kept profile or, where there is none, its
 * data. What cannot be read is recorded with its reason; nothing is thrown for it.
 * @returns undefined where the law looks for nothing
 */
export async function checkData(request: CheckDataRequest, machine: Machine, records: Records): Promise<CheckedData | undefined> {
  const { judgedAs, candidate, baseline } = request;
  const { drift } = judgedAs;
  if (drift === undefined) return undefined;
  const same = baseline !== undefined && dataInputs(baseline.evidence) === dataInputs(candidate.evidence);
  try {
    if (same && (await areKept(baseline.evidence.data, typesOf(judgedAs), machine, records)))
      return { data: { tables: baseline.evidence.data?.tables ?? [], unchanged: true }, profiles: new Map() };
    const tables = tablesOf(candidate.model);
    if (tables.length === 0)
      return without([], `train.inputs.data of ${judgedAs.name} names no table: CSV, TSV, JSON, JSON Lines or Parquet.`);
    return await compareTables({ ...request, drift }, tables, same, machine, records);
  } catch (error) {
    if (error instanceof AssayError) return without([], error.message);
    throw error;
  }
}

async function compareTables(
  request: CheckDataRequest & { drift: Drift },
  tables: readonly TrainingTable[],
  same: boolean,
  machine: Machine,
  records: Records,
): Promise<CheckedData> {
  const { judgedAs, drift: rules, candidate, baseline, tree, folder } = request;
  const types = typesOf(judgedAs);
  const profiles = new Map<Digest, string>();
  const found: DataEvidence["tables"] = [];
  const results: NonNullable<DataEvidence["drift"]> = [];
  const missing: string[] = [];
  const compared: WithColumns[] = [];
  // What could not be read may have a column for which a type is declared.
  let areAllRead = true;
  await obtain(candidate.model, tables, tree, folder, machine);
  for (const { declared, path } of tables) {
    const reference = same ? undefined : await referenceOf(path, request, machine, records).catch(whyMissing);
    const unread = await withTable({ paths: [path], folder, types }, machine, async (dataset) => {
      compared.push({ columns: dataset.columns });
      if (typeof reference === "object") {
        compared.push(reference);
        const setting = { drift: rules, public: judgedAs.data.public };
        results.push({ ...(await findDrift(reference, dataset, setting, machine.progress)), table: path });
      } else if (!same) missing.push(reference ?? noReference(declared));
      // What cannot be profiled, such as a word in a column that is declared as numbers, is compared all the same.
      const profile = await dataset.profile().then(serializeProfile, (error: unknown) => ({ why: whyMissing(error) }));
      const kept = typeof profile === "string" ? { profile: digestOf(profile) } : { profileMissing: shortened(profile.why) };
      if (typeof profile === "string") profiles.set(digestOf(profile), profile);
      found.push({ path, rows: dataset.rows, columns: dataset.columns.length, ...kept });
    }).catch(whyMissing);
    if (unread !== undefined) missing.push(unread);
    if (unread !== undefined || typeof reference === "string") areAllRead = false;
  }
  const unknown = areAllRead ? unknownTypes(types, compared) : undefined;
  if (unknown !== undefined) missing.push(`drift.types of ${judgedAs.name}: ${unknown}`);
  if (baseline && !same) {
    const gone = tablesOf(baseline.model).filter(({ path }) => !tables.some((table) => table.path === path));
    missing.push(...gone.map(({ declared }) => `${declared} was compared before, and is not now.`));
    const before = { model: baseline.model, tree: commitTree(machine.git, baseline.commit) };
    missing.push(...(await notLookedAt({ model: candidate.model, tree }, before)));
  }
  for (const why of missing) machine.progress(why);
  if (same) return { data: { tables: found, unchanged: true }, profiles };
  const drift = results.length > 0 ? { drift: boundDrift(results) } : {};
  const driftMissing = missing.length > 0 ? { driftMissing: shortened(missing.join(" ")) } : {};
  return { data: { tables: found, ...drift, ...driftMissing }, profiles };
}

/** Whether profiles of all tables are kept as they would be made now, so that nothing has to be read again. */
async function areKept(data: DataEvidence | undefined, types: Types, machine: Machine, records: Records): Promise<boolean> {
  const tables = data?.tables ?? [];
  if (tables.length === 0 || types.size === 0) return tables.length > 0;
  for (const { path, profile } of tables) {
    const kept = profile && (await readKept(path, profile, machine, records));
    if (!kept || !isAsDeclared(kept, types)) return false;
  }
  return true;
}

async function readKept(path: string, digest: Digest, machine: Machine, records: Records): Promise<Profile | undefined> {
  const text = await keptProfile(digest, machine, records);
  return text === undefined ? undefined : parseProfile(text, `the kept profile of ${path}`);
}

export function noReference(declared: string): string {
  return `There is no earlier ${declared} to compare with yet.`;
}

export function whyMissing(error: unknown): string {
  if (error instanceof AssayError) return error.message;
  throw error;
}

/** The kept profile of the baseline's table of the same path, or one of its data as its own commit has it; undefined: it had none. */
export async function referenceOf(
  path: string,
  { judgedAs, baseline }: CheckDataRequest,
  machine: Machine,
  records: Records,
): Promise<Profile | undefined> {
  if (baseline === undefined) return undefined;
  const types = typesOf(judgedAs);
  const digest = baseline.evidence.data?.tables.find((table) => table.path === path)?.profile;
  const kept = digest && (await readKept(path, digest, machine, records));
  if (kept && isAsDeclared(kept, types)) return kept;
  const table = tablesOf(baseline.model).find((table) => table.path === path);
  if (table === undefined) return undefined;
  const why = kept ? "drift.types is not that of the kept one" : "none is kept";
  machine.progress(`Profiling ${path} of ${baseline.commit.slice(0, 7)}, since ${why}`);
  return inWorktree(machine, baseline.commit, async (folder) => {
    await obtain(baseline.model, [table], commitTree(machine.git, baseline.commit), folder, machine);
    return withTable({ paths: [path], folder, types }, machine, (dataset) => dataset.profile());
  });
}

export async function obtain(
  model: Model,
  tables: readonly Pick<TrainingTable, "declared">[],
  tree: Tree,
  folder: string,
  machine: Machine,
): Promise<void> {
  const { run, setUp } = commandsOf(model, folder, machine);
  const bring = async (command: string) => {
    // It may install what pulls.
    await setUp();
    return run(command, "the command of data.pull");
  };
  const paths = tables.map(({ declared }) => declared);
  await obtainData({ model, tree, folder, paths, checked: "everything" }, machine, bring);
}

type Types = ReadonlyMap<string, ColumnType>;

function typesOf({ drift }: Model): Types {
  return new Map(Object.entries(drift?.types ?? {}));
}

/** What determines the data, in a fixed form. */
function dataInputs({ inputs }: DataSide["evidence"]): string {
  return JSON.stringify(
    inputs
      .filter(({ kind }) => kind === "data")
      .map(({ name, id }) => [name, id])
      .sort(),
  );
}

function without(tables: DataEvidence["tables"], why: string): CheckedData {
  return { data: { tables, driftMissing: shortened(why) }, profiles: new Map() };
}

function shortened(why: string): string {
  return why.slice(0, maxMessage);
}

import { join } from "node:path";
import type { Profile } from "../data/profile.ts";
import { parseProfile, serializeProfile } from "../data/profile-schema.ts";
import type { DataEvidence } from "../evidence/data-evidence.ts";
import { type Digest, digestOf } from "../evidence/digest.ts";
import { type Fault, maxFaults, type TableQuality } from "../evidence/quality-evidence.ts";
import { readSources } from "../plan/sources.ts";
import { commitTree } from "../plan/tree.ts";
import { faultsOf } from "../quality/faults-of.ts";
import { besideKnown, unchangedFaults } from "../quality/known-faults.ts";
import { newFirst } from "../quality/new-faults.ts";
import { type QualityResult, uncomputed } from "../quality/quality-result.ts";
import { looksForFaults } from "../spec/rules-of-table.ts";
import {
  type CheckDataRequest,
  type CheckedData,
  checkData,
  noReference,
  obtain,
  referenceOf,
  whyMissing,
} from "./check-data.ts";
import { type CheckedTable, checkSources, type NamedSource } from "./check-sources.ts";
import type { Machine } from "./context.ts";
import type { Records } from "./fetch-run.ts";
import { askedOf, contentsOf, neededBy, type Subject, subjectsOf, testTableOf, unmetRules } from "./quality-subjects.ts";
import { inWorktree } from "./train-model.ts";
import { notLookedAt } from "./training-tables.ts";
import { told } from "./with-table.ts";

export interface CheckQualityRequest extends CheckDataRequest {
  /** The change is judged on the baseline's test set too. */
  testSetChanged: boolean;
}

/** What evidence says of faults, and profiles that later changes are held against. */
export interface CheckedQuality {
  data: Pick<DataEvidence, "quality" | "qualityMissing" | "tables">;
  profiles: ReadonlyMap<Digest, string>;
}

const maxMessage = 4_000;

/** What evidence says of the data of a change: that it drifted, and what is wrong with it. */
export async function checkDataOfChange(
  request: CheckQualityRequest,
  machine: Machine,
  records: Records,
): Promise<{ data?: DataEvidence; profiles?: ReadonlyMap<Digest, string> }> {
  const drift = await checkData(request, machine, records);
  const quality = await checkQualityOfChange(request, profilesOf(request, drift), machine, records);
  if (drift === undefined || quality === undefined) return drift ?? quality ?? {};
  return { data: { ...quality.data, ...drift.data }, profiles: drift.profiles };
}

/** Profiles that were made for drift, by the tables' paths: with types declared there they are others than those of quality. */
function profilesOf({ judgedAs }: CheckQualityRequest, drift: CheckedData | undefined): ReadonlyMap<string, Profile> {
  if (drift === undefined || Object.keys(judgedAs.drift?.types ?? {}).length > 0) return new Map();
  return new Map(
    drift.data.tables.flatMap(({ path, profile }): [string, Profile][] => {
      const text = profile && drift.profiles.get(profile);
      return text === undefined ? [] : [[path, parseProfile(text, path)]];
    }),
  );
}

/**
 * Looks for what is wrong with the tables that a change trains on, and with its test table where rules name that; what was wrong
 * with the baseline's is told apart. What cannot be read is recorded with its reason; nothing is thrown for it.
 * @returns undefined where the law does not look for faults
 */
async function checkQualityOfChange(
  request: CheckQualityRequest,
  made: ReadonlyMap<string, Profile>,
  machine: Machine,
  records: Records,
): Promise<CheckedQuality | undefined> {
  const { judgedAs, candidate, baseline, tree, folder } = request;
  if (!looksForFaults(judgedAs)) return undefined;
  const subjects = subjectsOf(candidate.model, judgedAs.data.rules);
  const missing = unmetRules(judgedAs.data.rules, subjects);
  if (!subjects.some(({ role }) => role === "training"))
    missing.push(`train.inputs.data of ${judgedAs.name} names no table: CSV, TSV, JSON, JSON Lines or Parquet.`);
  const quality: TableQuality[] = [];
  const tables: DataEvidence["tables"] = [];
  const profiles = new Map<Digest, string>();
  try {
    await obtain(candidate.model, neededBy(subjects), tree, folder, machine);
    const sources = await readSources(tree, candidate.model);
    // A shallow clone may lack it.
    if (baseline && (await machine.git.resolve(baseline.commit)) === undefined)
      await machine.git.fetchCommit(baseline.commit, machine.token);
    const before = baseline && { model: baseline.model, tree: commitTree(machine.git, baseline.commit) };
    if (before) missing.push(...(await notLookedAt({ model: candidate.model, tree }, before)));
    const sourcesBefore = before && (await readSources(before.tree, before.model));
    for (const subject of subjects) {
      const contents = await contentsOf(subject, candidate.model, sources);
      const contentsBefore = before && sourcesBefore && (await contentsOf(subject, before.model, sourcesBefore));
      const asked = contents === undefined ? undefined : askedOf(subject, judgedAs, contents);
      const known = baseline?.evidence.data?.quality?.find(({ table }) => table === subject.path);
      if (known && asked !== undefined && known.asked === asked) {
        quality.push({ ...known, faults: unchangedFaults(known) });
        tables.push(...(baseline?.evidence.data?.tables ?? []).filter(({ path }) => path === subject.path));
        continue;
      }
      const same = contents !== undefined && contents === contentsBefore;
      try {
        const { result, profile } = await look(subject, { ...request, same, made }, machine, records, missing);
        const unknown = uncomputed(result).map(({ name, message }) => `${subject.path}, ${name}: ${message}`);
        missing.push(...unknown);
        // What nobody knows has to be asked again.
        quality.push(recorded(result, { known, asked: unknown.length > 0 ? undefined : asked, same }));
        if (subject.role === "test") continue;
        const text = serializeProfile(profile);
        profiles.set(digestOf(text), text);
        tables.push({ path: subject.path, rows: result.rows, columns: result.columns, profile: digestOf(text) });
      } catch (error) {
        missing.push(whyMissing(error));
      }
    }
  } catch (error) {
    missing.push(whyMissing(error));
  }
  for (const why of missing) machine.progress(why);
  const qualityMissing = missing.length > 0 ? { qualityMissing: missing.join(" ").slice(0, maxMessage) } : {};
  return { data: { tables, quality, ...qualityMissing }, profiles };
}

async function look(
  { path, role, rules, test }: Subject,
  request: CheckQualityRequest & { same: boolean; made: ReadonlyMap<string, Profile> },
  machine: Machine,
  records: Records,
  missing: string[],
): Promise<CheckedTable> {
  const { judgedAs, candidate, baseline, folder, same } = request;
  const isCompared = role === "training" && !same;
  const reference = isCompared ? await referenceOf(path, request, machine, records).catch(whyMissing) : undefined;
  if (typeof reference === "string") missing.push(reference);
  else if (isCompared && baseline && !reference) missing.push(noReference(path));
  machine.progress(`Looking for what is wrong with ${path}`);
  const check = (oldTest: NamedSource | undefined) =>
    checkSources(
      {
        table: sourceOf(path, folder),
        profile: request.made.get(path),
        reference: typeof reference === "string" ? undefined : reference,
        test: test && sourceOf(test.path, folder),
        oldTest,
        target: judgedAs.evaluate.target,
        id: judgedAs.evaluate.id,
        public: judgedAs.data.public,
        rules,
        folder: join(folder, candidate.model.train.workingDirectory),
        now: machine.now(),
        onProgress: told(machine.progress),
      },
      machine.files,
    );
  const old = baseline && testTableOf(baseline.model);
  if (!isCompared || !request.testSetChanged || !baseline || !old) return check(undefined);
  // The change is judged on that one too.
  return inWorktree(machine, baseline.commit, async (before) => {
    await obtain(baseline.model, [old], commitTree(machine.git, baseline.commit), before, machine);
    return check({ ...sourceOf(old.path, before), name: `${old.path} of ${baseline.commit.slice(0, 7)}` });
  });
}

function sourceOf(path: string, folder: string): NamedSource {
  return { name: path, source: { paths: [path], folder } };
}

const noneKnown = { faults: [], leftOut: 0 };

function recorded(
  result: QualityResult,
  { known, asked, same }: { known: TableQuality | undefined; asked: Digest | undefined; same: boolean },
): TableQuality {
  const found = faultsOf(result);
  const faults = newFirst(besideKnown(found.faults, same ? found : (known ?? noneKnown)));
  const kept = recordable(faults);
  return {
    ...found,
    ...(asked && { asked }),
    faults: kept,
    leftOut: found.leftOut + faults.length - kept.length,
  };
}

/** Of a table, so that evidence has room for those of twenty. */
const maxFaultBytes = 200 * 1024;

/** The first faults, as many as evidence has room for. */
function recordable(faults: readonly Fault[]): Fault[] {
  let left = maxFaultBytes;
  return faults.slice(0, maxFaults).filter((fault) => {
    left -= Buffer.byteLength(JSON.stringify(fault));
    return left >= 0;
  });
}

import { join } from "node:path";
import type { Profile } from "../data/profile.ts";
import { serializeProfile } from "../data/profile-schema.ts";
import type { DataEvidence } from "../evidence/data-evidence.ts";
import { type Digest, digestOf } from "../evidence/digest.ts";
import { maxFaults, type TableQuality } from "../evidence/quality-evidence.ts";
import { findDataIds } from "../plan/data-ids.ts";
import { type ModelSources, readSources } from "../plan/sources.ts";
import { commitTree } from "../plan/tree.ts";
import { faultsOf } from "../quality/faults-of.ts";
import { besideKnown, unchangedFaults } from "../quality/known-faults.ts";
import { newFirst } from "../quality/new-faults.ts";
import type { QualityResult } from "../quality/quality-result.ts";
import { type DataRule, isTable, nameOfRule } from "../spec/data-rule.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import { looksForFaults, rulesOfTable } from "../spec/rules-of-table.ts";
import type { Model } from "../spec/spec.ts";
import { type CheckDataRequest, checkData, dataInputs, obtain, referenceOf, whyMissing } from "./check-data.ts";
import { checkSources, type NamedSource } from "./check-sources.ts";
import type { Machine } from "./context.ts";
import type { Records } from "./fetch-run.ts";
import { notLookedAt, type TrainingTable, tablesOf } from "./training-tables.ts";
import { told } from "./with-table.ts";

/** What evidence says of faults, and profiles that later changes are held against. */
export interface CheckedQuality {
  data: Pick<DataEvidence, "quality" | "qualityMissing" | "tables">;
  profiles: ReadonlyMap<Digest, string>;
}

const maxMessage = 4_000;

/** What evidence says of the data of a change: that it drifted, and what is wrong with it. */
export async function checkDataOfChange(
  request: CheckDataRequest,
  machine: Machine,
  records: Records,
): Promise<{ data?: DataEvidence; profiles?: ReadonlyMap<Digest, string> }> {
  const drift = await checkData(request, machine, records);
  const quality = await checkQualityOfChange(request, machine, records);
  if (drift === undefined || quality === undefined) return drift ?? quality ?? {};
  return { data: { ...quality.data, ...drift.data }, profiles: drift.profiles };
}

/** A table that is looked at, and what is asked of it. */
interface Subject extends TrainingTable {
  role: "training" | "test";
  rules: readonly DataRule[];
  /** The test table, of a training table. */
  test: NamedSource | undefined;
}

/**
 * Looks for what is wrong with the tables that a change trains on, and with its test table where rules name that; what was wrong
 * with the baseline's is told apart. What cannot be read is recorded with its reason; nothing is thrown for it.
 * @returns undefined where the law does not look for faults
 */
async function checkQualityOfChange(
  request: CheckDataRequest,
  machine: Machine,
  records: Records,
): Promise<CheckedQuality | undefined> {
  const { judgedAs, candidate, baseline, tree, folder } = request;
  if (!looksForFaults(judgedAs)) return undefined;
  const subjects = subjectsOf(request);
  const missing = [...unmetRules(judgedAs.data.rules, subjects)];
  if (!subjects.some(({ role }) => role === "training"))
    missing.push(`train.inputs.data of ${judgedAs.name} names no table: CSV, TSV, JSON, JSON Lines or Parquet.`);
  const quality: TableQuality[] = [];
  const tables: DataEvidence["tables"] = [];
  const profiles = new Map<Digest, string>();
  try {
    await obtain(candidate.model, needed(candidate.model, subjects), tree, folder, machine);
    const sources = await readSources(tree, candidate.model);
    if (baseline !== undefined) {
      const before = { model: baseline.model, tree: commitTree(machine.git, baseline.commit) };
      missing.push(...(await notLookedAt({ model: candidate.model, tree }, before)));
    }
    for (const subject of subjects) {
      const asked = await askedOf(subject, judgedAs, candidate.model, sources);
      const known = knownOf(subject, request);
      if (known && asked !== undefined && known.asked === asked) {
        quality.push({ ...known, faults: unchangedFaults(known.faults) });
        tables.push(...(baseline?.evidence.data?.tables ?? []).filter(({ path }) => path === subject.path));
        continue;
      }
      try {
        const { result, profile } = await look(subject, request, machine, records, missing);
        quality.push(recorded(result, { known, asked, same: isSame(subject, request) }));
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

function subjectsOf({ judgedAs, candidate: { model }, folder }: CheckDataRequest): Subject[] {
  const { rules } = judgedAs.data;
  const declared = model.evaluate.data;
  const path = inRepository(model, dataFile(declared));
  const test = isTable(declared) ? { declared, path } : undefined;
  const source = test && { name: path, source: { paths: [path], folder } };
  const training = tablesOf(model).map((table) => ({
    ...table,
    role: "training" as const,
    rules: rulesOfTable(rules, table.declared, "training"),
    test: table.path === path ? undefined : source,
  }));
  const ofTest = rulesOfTable(rules, declared, "test");
  if (test === undefined || ofTest.length === 0 || training.some((table) => table.path === path)) return training;
  return [...training, { ...test, role: "test", rules: ofTest, test: undefined }];
}

/** Rules that a change would be rid of by calling its tables something else. */
function unmetRules(rules: readonly DataRule[], subjects: readonly Subject[]): string[] {
  return rules
    .filter((rule) => !subjects.some(({ rules: asked }) => asked.includes(rule)))
    .filter(({ table }) => table !== undefined)
    .map((rule) => `The rule ${nameOfRule(rule)} is about ${rule.table}, which is no table of the model here.`);
}

/** All that has to be brought here. */
function needed({ evaluate }: Model, subjects: readonly Subject[]): TrainingTable[] {
  const others = subjects.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === "references" ? [rule.other] : [])));
  const declared = [
    ...subjects.map((subject) => subject.declared),
    ...(subjects.some(({ test }) => test) ? [evaluate.data] : []),
    ...others,
  ];
  return [...new Set(declared)].map((path) => ({ declared: path, path }));
}

async function look(
  subject: Subject,
  request: CheckDataRequest,
  machine: Machine,
  records: Records,
  missing: string[],
): Promise<{ result: QualityResult; profile: Profile }> {
  const { judgedAs, candidate, folder } = request;
  const { path, role, rules, test } = subject;
  const isCompared = role === "training" && !isSame(subject, request);
  const reference = isCompared ? await referenceOf(path, request, machine, records).catch(whyMissing) : undefined;
  if (typeof reference === "string") missing.push(reference);
  machine.progress(`Looking for what is wrong with ${path}`);
  return checkSources(
    {
      table: { name: path, source: { paths: [path], folder } },
      reference: typeof reference === "string" ? undefined : reference,
      test,
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
}

/** The training data as a whole is the baseline's. */
function isSame({ role }: Subject, { candidate, baseline }: CheckDataRequest): boolean {
  return role === "training" && baseline !== undefined && dataInputs(baseline.evidence) === dataInputs(candidate.evidence);
}

function knownOf({ path }: Subject, { baseline }: CheckDataRequest): TableQuality | undefined {
  return baseline?.evidence.data?.quality?.find(({ table }) => table === path);
}

function recorded(
  result: QualityResult,
  { known, asked, same }: { known: TableQuality | undefined; asked: Digest | undefined; same: boolean },
): TableQuality {
  const found = faultsOf(result);
  const faults = newFirst(besideKnown(found.faults, same ? found.faults : (known?.faults ?? [])));
  return {
    ...found,
    ...(asked && { asked }),
    faults: faults.slice(0, maxFaults),
    leftOut: found.leftOut + Math.max(0, faults.length - maxFaults),
  };
}

/** Of what the answer depends on, where all of it has a content id. What is new by the day is asked again each day. */
async function askedOf(
  { declared, rules, test }: Subject,
  judgedAs: Model,
  model: Model,
  sources: ModelSources,
): Promise<Digest | undefined> {
  if (rules.some(({ kind }) => kind === "fresh")) return undefined;
  const { id, target } = judgedAs.evaluate;
  const others = rules.flatMap((rule) => (rule.kind === "references" ? [rule.other] : []));
  const contents: string[] = [];
  for (const path of [declared, ...(test ? [model.evaluate.data] : []), ...others]) {
    const ids = await findDataIds(sources, inRepository(model, path));
    if (ids.kind === "unpinned") return undefined;
    contents.push(JSON.stringify([path, ids.contents.map((content) => content.id)]));
  }
  const terms = rules.map(({ position: _, ...rule }) => rule);
  return digestOf(JSON.stringify({ contract: "assay.quality/v1", id, target, public: judgedAs.data.public, terms, contents }));
}

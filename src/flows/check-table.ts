import { isAbsolute, join, parse, resolve } from "node:path";
import type { Dataset, DatasetSource, Progress } from "../data/dataset/dataset.ts";
import { openDatasets } from "../data/dataset/open-datasets.ts";
import type { ColumnType, Profile } from "../data/profile.ts";
import { parseProfile, profileLimits } from "../data/profile-schema.ts";
import { quoted } from "../data/table-request.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { checkQuality } from "../quality/check-quality.ts";
import { columnsToReadAsText } from "../quality/exact-columns.ts";
import { findIdLike } from "../quality/id-like.ts";
import type { QualityResult } from "../quality/quality-result.ts";
import { checkRule } from "../quality/rules/check-rule.ts";
import { rulesAsYaml } from "../quality/rules-as-yaml.ts";
import { queryOf, sqlTableOf } from "../quality/sql-table-of.ts";
import { suggestRules } from "../quality/suggest-rules.ts";
import type { DataRule, RuleTerms } from "../spec/data-rule.ts";
import { didYouMean } from "../spec/did-you-mean.ts";

/** Paths are as the person wrote them; a glob or a folder is one table of its files. */
export interface TableRequest {
  file: string;
  /** An earlier table or its stored profile. */
  reference?: string | undefined;
  test?: string | undefined;
  target?: string | undefined;
  id?: string | undefined;
  /** Columns whose values may be shown. */
  public: readonly string[];
  /** Columns that somebody named for this table: it has to have them. */
  named: readonly string[];
  rules: readonly DataRule[];
  /** What the paths of other files in rules are relative to; absolute. */
  folder: string;
  now: Date;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What somebody wrote into `assay.yml` may take so long. */
const expressionSeconds = 60;

/**
 * Looks at a table for what is wrong with it.
 * @throws MissingDataError when there is no such file; UsageError when it is no table
 */
export async function checkTable(request: TableRequest, files: Files): Promise<QualityResult> {
  const stored = request.reference === undefined ? undefined : await readProfile(request.reference, files);
  const found = await look(request, { stored, asText: [] }, files);
  if ("checks" in found) return found;
  const exact = await look(request, { stored, asText: found }, files);
  if ("checks" in exact) return exact;
  throw new RangeError(`${found.join(", ")} could not be read as text.`);
}

/** @returns columns that have to be read as text, where there are such */
async function look(
  request: TableRequest,
  { stored, asText }: { stored: Profile | undefined; asText: readonly string[] },
  files: Files,
): Promise<QualityResult | readonly string[]> {
  const { file, test, reference, target, id, rules, now } = request;
  const sources = new Map<string, DatasetSource>();
  const open = async (path: string, types: readonly string[] = []): Promise<string> => {
    const name = sources.has(path) ? `${path} (${sources.size})` : path;
    sources.set(name, {
      ...(await sourceOf(path, files)),
      types: new Map(types.map((column): [string, ColumnType] => [column, "category"])),
    });
    return name;
  };
  const table = await open(file, asText);
  const testName = test === undefined ? undefined : await open(test);
  const earlier = reference === undefined || stored ? undefined : await open(reference);
  const others = new Map<string, string | undefined>();
  for (const { path, keys } of otherFiles(rules, asText)) {
    const there = await files.exists(join(request.folder, path));
    others.set(path, there ? await open(join(request.folder, path), keys) : undefined);
  }
  const datasets = await openDatasets(sources, { files, onProgress: request.onProgress });
  try {
    const dataset = datasets.get(table);
    checkNamed(request, dataset);
    const profile = await dataset.profile(request);
    const inexact = columnsToReadAsText(profile, rules, id);
    if (inexact.length > 0) return inexact;
    const before = stored ?? (earlier === undefined ? undefined : await datasets.get(earlier).profile(request));
    return await checkQuality({
      name: file,
      table: sqlTableOf(dataset, profile),
      profile,
      query: queryOf(datasets),
      queryInTime: queryOf(datasets, expressionSeconds),
      reference: before && { profile: before, counts: await dataset.count(before, request) },
      test: testName === undefined ? undefined : sqlTableOf(datasets.get(testName)),
      target,
      id,
      privacy: { public: request.public, sensitive: [] },
      rules,
      others: new Map(
        [...others].map(([path, name]) => [
          path,
          name === undefined
            ? `${path}: there is no such file. Check the path, and that the data was pulled.`
            : sqlTableOf(datasets.get(name)),
        ]),
      ),
      now,
    });
  } finally {
    await datasets.close();
  }
}

function checkNamed({ file, named }: TableRequest, { columns }: Dataset): void {
  const known = columns.map(({ name }) => name);
  const lacking = named.find((name) => !known.includes(name));
  if (lacking === undefined) return;
  const meant = didYouMean(lacking, known);
  const fix = meant === undefined ? `It has ${quoted(known, 20)}.` : `Did you mean ${quoted([meant])}?`;
  throw new UsageError(`${file} has no column ${quoted([lacking])}. ${fix}`);
}

/** Files that rules look values up in, each with the columns of it that have to be read as text. */
function otherFiles(rules: readonly DataRule[], asText: readonly string[]): { path: string; keys: readonly string[] }[] {
  const lookUps = rules.filter((rule) => rule.kind === "references");
  return [...Map.groupBy(lookUps, ({ other }) => other)].map(([path, of]) => ({
    path,
    keys: [...new Set(of.filter(({ column }) => asText.includes(column)).map(({ key }) => key))],
  }));
}

/** Rules that a table keeps, as YAML to paste below a model. */
export async function suggestForTable(
  { file, id, onProgress }: Pick<TableRequest, "file" | "id" | "onProgress">,
  files: Files,
): Promise<string> {
  const datasets = await openDatasets(new Map([[file, await sourceOf(file, files)]]), { files, onProgress });
  try {
    const dataset = datasets.get(file);
    const profile = await dataset.profile({ onProgress });
    const [table, query] = [sqlTableOf(dataset, profile), queryOf(datasets)];
    const ids = await findIdLike(query, table, profile);
    const kept: RuleTerms[] = [];
    for (const terms of suggestRules(profile, new Set([...ids, ...(id === undefined ? [] : [id])]))) {
      const rule: DataRule = { position: { file, line: 1, column: 1 }, severity: "error", table: undefined, ...terms };
      const checked = await checkRule(rule, { query, queryInTime: query, table, others: new Map(), now: new Date(0) });
      if (checked.status === "pass") kept.push(terms);
    }
    return rulesAsYaml(kept);
  } finally {
    await datasets.close();
  }
}

async function sourceOf(path: string, files: Files): Promise<DatasetSource> {
  const absolute = resolve(path);
  if (!(await files.stat(absolute)) && !/[*?[{]/.test(path) && !(await files.exists(`${absolute}.dvc`)))
    throw new MissingDataError(`${path}: there is no such file. Check the path, and that the data was pulled or made.`);
  return isAbsolute(path) ? { paths: [path], folder: parse(path).root } : { paths: [path], folder: resolve(".") };
}

/** A stored profile; undefined: the file is a table. */
async function readProfile(path: string, files: Files): Promise<Profile | undefined> {
  if (!path.endsWith(".json")) return undefined;
  const start = await files.readPart(resolve(path), 0, 200);
  if (!/^\s*\{\s*"schema"\s*:\s*"assay\.profile\//.test(start.toString("utf8"))) return undefined;
  return parseProfile((await files.readText(resolve(path), profileLimits.bytes)) ?? "", path);
}

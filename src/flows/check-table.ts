import { isAbsolute, parse, resolve } from "node:path";
import type { Dataset, DatasetSource, Progress } from "../data/dataset/dataset.ts";
import { openDatasets } from "../data/dataset/open-datasets.ts";
import type { Profile } from "../data/profile.ts";
import { parseProfile, profileLimits } from "../data/profile-schema.ts";
import { quoted } from "../data/table-request.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { findIdLike } from "../quality/id-like.ts";
import type { QualityResult } from "../quality/quality-result.ts";
import { checkRule } from "../quality/rules/check-rule.ts";
import { rulesAsYaml } from "../quality/rules-as-yaml.ts";
import { queryOf, sqlTableOf } from "../quality/sql-table-of.ts";
import { suggestRules } from "../quality/suggest-rules.ts";
import type { DataRule, RuleTerms } from "../spec/data-rule.ts";
import { didYouMean } from "../spec/did-you-mean.ts";
import { checkSources, type NamedSource } from "./check-sources.ts";

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

/**
 * Looks at a table for what is wrong with it.
 * @throws MissingDataError when there is no such file; UsageError when it is no table
 */
export async function checkTable(request: TableRequest, files: Files): Promise<QualityResult> {
  const { file, test, reference } = request;
  const named = async (path: string): Promise<NamedSource> => ({ name: path, source: await sourceOf(path, files) });
  const profile = reference === undefined ? undefined : await readProfile(reference, files);
  const { result } = await checkSources(
    {
      ...request,
      table: await named(file),
      test: test === undefined ? undefined : await named(test),
      reference: profile ?? (reference === undefined ? undefined : await named(reference)),
      check: (dataset) => checkNamed(request, dataset),
    },
    files,
  );
  return result;
}

function checkNamed({ file, named }: TableRequest, { columns }: Dataset): void {
  const known = columns.map(({ name }) => name);
  const lacking = named.find((name) => !known.includes(name));
  if (lacking === undefined) return;
  const meant = didYouMean(lacking, known);
  const fix = meant === undefined ? `It has ${quoted(known, 20)}.` : `Did you mean ${quoted([meant])}?`;
  throw new UsageError(`${file} has no column ${quoted([lacking])}. ${fix}`);
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

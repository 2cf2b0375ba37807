import { join } from "node:path";
import type { Dataset, DatasetSource, Progress } from "../data/dataset/dataset.ts";
import { openDatasets } from "../data/dataset/open-datasets.ts";
import type { Profile } from "../data/profile.ts";
import type { Files } from "../files/files.ts";
import { checkQuality } from "../quality/check-quality.ts";
import type { QualityCheck, QualityResult } from "../quality/quality-result.ts";
import { queryOf, sqlTableOf } from "../quality/sql-table-of.ts";
import { writtenColumns } from "../quality/written-columns.ts";
import type { DataRule } from "../spec/data-rule.ts";

/** A table, and what messages call it. */
export interface NamedSource {
  name: string;
  source: DatasetSource;
}

export interface SourcesRequest {
  table: NamedSource;
  /** Of the table, where somebody made it already. */
  profile?: Profile | undefined;
  /** An earlier table or its profile. */
  reference?: NamedSource | Profile | undefined;
  /** What a model is tested on that learns from the table. */
  test?: NamedSource | undefined;
  /** What it was tested on before, where that is something else. */
  oldTest?: NamedSource | undefined;
  target?: string | undefined;
  id?: string | undefined;
  /** Columns whose values may be shown. */
  public: readonly string[];
  rules: readonly DataRule[];
  /** What the paths of other files in rules are relative to; absolute. */
  folder: string;
  now: Date;
  /** Throws where the table is not what was meant, before anything is counted. */
  check?: ((dataset: Dataset) => void) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface CheckedTable {
  result: QualityResult;
  profile: Profile;
}

/** What somebody wrote into `assay.yml` may take so long. */
const expressionSeconds = 60;

/**
 * Opens a table with all that it is looked at with, and looks.
 * @throws UsageError when one of them is no table
 */
export async function checkSources(request: SourcesRequest, files: Files): Promise<CheckedTable> {
  const { table: of, test, oldTest, reference, target, id, rules, now, folder } = request;
  const sources = new Map<string, DatasetSource>();
  const add = ({ name: called, source }: NamedSource, written?: ReadonlySet<string>): string => {
    const name = sources.has(called) ? `${called} (${sources.size})` : called;
    sources.set(name, { ...source, written });
    return name;
  };
  const written = writtenColumns(rules);
  const table = add(of, written.own);
  const testName = test && add(test);
  const oldTestName = oldTest && add(oldTest);
  const earlier = reference && "source" in reference ? add(reference) : undefined;
  const others = new Map<string, string | undefined>();
  for (const path of new Set(rules.flatMap((rule) => (rule.kind === "references" ? [rule.other] : [])))) {
    const there = await files.exists(join(folder, path));
    others.set(path, there ? add({ name: path, source: { paths: [path], folder } }, written.of(path)) : undefined);
  }
  const datasets = await openDatasets(sources, { files, onProgress: request.onProgress });
  try {
    const dataset = datasets.get(table);
    request.check?.(dataset);
    const profile = request.profile ?? (await dataset.profile(request));
    const before = earlier === undefined ? (reference as Profile | undefined) : await datasets.get(earlier).profile(request);
    const result = await checkQuality({
      name: of.name,
      table: sqlTableOf(dataset, profile),
      profile,
      query: queryOf(datasets),
      queryInTime: queryOf(datasets, expressionSeconds),
      reference: before && { profile: before, counts: await dataset.count(before, request) },
      test: testName === undefined ? undefined : sqlTableOf(datasets.get(testName)),
      oldTest: oldTestName === undefined ? undefined : sqlTableOf(datasets.get(oldTestName)),
      target,
      id,
      public: request.public,
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
    return { result: { ...result, checks: await withPlaces(result.checks, dataset) }, profile };
  } finally {
    await datasets.close();
  }
}

/** Reads the files once more for each. */
const maxPlaces = 10;
const maxRowsWithPlaces = 1_000_000;

/** Faults with the line of the first row, for the first of them. */
async function withPlaces(checks: readonly QualityCheck[], dataset: Dataset): Promise<QualityCheck[]> {
  if (dataset.rows > maxRowsWithPlaces) return [...checks];
  const of = new Set(
    checks
      .filter(({ status, examples, examplesOf }) => status === "fail" && examples.length > 0 && examplesOf === undefined)
      .slice(0, maxPlaces),
  );
  return Promise.all(
    checks.map(async (check) => {
      const [first] = check.examples;
      const told = of.has(check) && first !== undefined ? await dataset.place(first - 1) : "";
      const [, file, line] = /^(.*\.(?:csv|tsv|jsonl|ndjson)):(\d+)$/i.exec(told) ?? [];
      return file === undefined ? check : { ...check, place: { file, line: Number(line) } };
    }),
  );
}

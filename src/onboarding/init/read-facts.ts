import { basename, join } from "node:path";
import { readTable } from "../../data/read-table.ts";
import { AssayError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { parseListing } from "../../git/listing.ts";
import { readDvcFile, readDvcLock } from "../../plan/dvc.ts";
import { dottedValues, isAtOrBelow, readPipeline, type Stage } from "./dvc-pipeline.ts";
import type { RepositoryFacts } from "./facts.ts";
import { languageOf, readScript, type Script } from "./script.ts";
import { describeTable, type TableFacts } from "./table-facts.ts";
import { inRepository } from "./training-unit.ts";

const maxScripts = 500;
const maxScriptBytes = 512 * 1024;
const maxTables = 60;
const maxTableBytes = 64 * 1024 * 1024;
const tableFile = /\.(?:csv|tsv|parquet|jsonl|ndjson|json)$/i;
/** JSON of programs, which is no table of rows. */
const noTable =
  /(?:^|\/)(?:package(?:-lock)?|tsconfig|composer|metrics?|params|config|settings|vega|schema|manifest|renovate|biome)[^/]*\.json$|(?:^|\/)\./i;
const besides = /(?:^|\/)(?:node_modules|\.venv|venv|site-packages|tests?|__tests__|renv)\//;

/** Looks at the files that git tracks, as they are on the disk. Runs nothing. */
export async function readFacts(git: Git, files: Files, origin: string | undefined): Promise<RepositoryFacts> {
  const tracked = parseListing(await git.listWorkTreeRaw()).map(({ path }) => path);
  const read = async (path: string) => {
    const found = await files.stat(join(git.root, path));
    return found && !found.isFolder && found.bytes <= maxScriptBytes ? files.readText(join(git.root, path)) : undefined;
  };
  const params = new Map<string, ReadonlyMap<string, unknown>>();
  for (const path of tracked.filter((one) => /(?:^|\/)(?:params|config|hyperparameters|hparams)\.(?:ya?ml|json)$/.test(one)))
    params.set(path, dottedValues((await read(path)) ?? ""));
  const scripts: Script[] = [];
  for (const path of tracked.filter((one) => languageOf(one) !== undefined && !besides.test(one)).slice(0, maxScripts)) {
    const text = await read(path);
    if (text !== undefined) scripts.push(readScript(path, text));
  }
  const stages = await readStages(tracked, params, read);
  return {
    name: origin?.split("/").at(-1) ?? basename(git.root),
    defaultBranch: (await git.defaultBranch()) ?? (await git.currentBranch()) ?? "main",
    tracked: new Set(tracked),
    scripts,
    tables: await readTables({ git, files, tracked, stages, scripts, read }),
    stages,
    locked: await readLocked(tracked, read),
    params,
    packageScripts: new Set(
      [...dottedValues((await read("package.json")) ?? "").keys()]
        .filter((key) => key.startsWith("scripts."))
        .map((key) => key.slice("scripts.".length)),
    ),
  };
}

type Read = (path: string) => Promise<string | undefined>;

async function readStages(tracked: readonly string[], params: RepositoryFacts["params"], read: Read): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  for (const path of tracked.filter((one) => basename(one) === "dvc.yaml")) {
    const beside = params.get(join(path, "..", "params.yaml")) ?? new Map();
    stages.push(...readPipeline(path, (await read(path)) ?? "", beside));
  }
  return stages;
}

async function readLocked(tracked: readonly string[], read: Read): Promise<ReadonlySet<string>> {
  const locked = new Set<string>();
  for (const path of tracked.filter((one) => basename(one) === "dvc.lock")) {
    const [lock, pipeline] = await Promise.all([read(path), read(join(path, "..", "dvc.yaml"))]);
    const outputs = readDvcLock(
      path,
      lock === undefined ? undefined : Buffer.from(lock),
      pipeline === undefined ? undefined : Buffer.from(pipeline),
    );
    for (const output of outputs) if (output.id !== undefined) locked.add(output.path);
  }
  return locked;
}

interface Place {
  git: Git;
  files: Files;
  tracked: readonly string[];
  stages: readonly Stage[];
  scripts: readonly Script[];
  read: Read;
}

async function readTables({ git, files, tracked, stages, scripts, read }: Place): Promise<readonly TableFacts[]> {
  const places = new Map<string, TableFacts["kept"]>();
  const add = (path: string, kept: TableFacts["kept"]) => {
    if (tableFile.test(path) && !noTable.test(path) && !besides.test(path) && !places.has(path)) places.set(path, kept);
  };
  for (const path of tracked) add(path, "git");
  for (const path of tracked.filter((one) => one.endsWith(".dvc"))) {
    const text = await read(path);
    for (const output of (text === undefined ? undefined : readDvcFile(path, Buffer.from(text))) ?? [])
      add(output.path, "dvc-file");
  }
  for (const { outs } of stages) for (const out of outs) add(out, "stage");
  // Of a folder that a stage makes, what scripts read in it.
  for (const { folder, outs } of stages)
    for (const path of scripts.flatMap((script) => script.tables.map((table) => inRepository(table, script.path, folder))))
      if (outs.some((out) => isAtOrBelow(path, out))) add(path, "stage");
  const tables: TableFacts[] = [];
  for (const [path, kept] of [...places].slice(0, maxTables))
    tables.push({ path, kept, ...(await lookInto(join(git.root, path), path, files)) });
  return tables.filter(({ path, content }) => !path.endsWith(".json") || content !== undefined);
}

async function lookInto(place: string, name: string, files: Files): Promise<Pick<TableFacts, "content" | "unread">> {
  const found = await files.stat(place);
  if (!found || found.isFolder) return { content: undefined, unread: "it is not on this disk" };
  if (found.bytes > maxTableBytes) return { content: undefined, unread: "it is larger than 64 MiB" };
  try {
    return { content: describeTable(await readTable(place, { name, files })) };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { content: undefined, unread: error.message };
  }
}

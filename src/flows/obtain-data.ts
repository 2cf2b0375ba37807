import { join, posix } from "node:path";
import { MissingDataError } from "../errors/errors.ts";
import { findCommittedData, findStoredData, type StoredData } from "../plan/data-ids.ts";
import { compilePattern } from "../plan/globs.ts";
import { type ModelSources, readSources } from "../plan/sources.ts";
import { hasContent } from "../plan/stored-content.ts";
import type { Tree } from "../plan/tree.ts";
import { quoteForShell } from "../processes/quote-for-shell.ts";
import { inRepository } from "../spec/paths.ts";
import type { DataPull, Model } from "../spec/spec.ts";
import type { Machine } from "./context.ts";

export interface DataRequest {
  model: Model;
  /** The tree whose data is meant, and the folder in which it is checked out. */
  tree: Tree;
  folder: string;
  /** Declared paths or globs, relative to the model's working directory. */
  paths: readonly string[];
  /**
   * Held against the bytes where nothing is pulled: `lfs` when the commands that read the data may bring or make the rest, else
   * also what git itself holds, which a command may have written over.
   */
  checked: "everything" | "lfs";
}

/** A file that is not there, or has another content than the tree says. */
interface Wrong extends StoredData {
  isThere: boolean;
}

/**
 * Brings declared data here by the model's `data.pull` unless it is here already, and checks that it is what the tree names.
 * @param run runs a shell command in the working directory; what it returns of a failure is returned
 * @throws MissingDataError when data has another content than was planned
 */
export async function obtainData<Failure>(
  request: DataRequest,
  machine: Machine,
  run: (command: string) => Promise<Failure | undefined>,
): Promise<Failure | undefined> {
  const sources = await readSources(request.tree, request.model);
  const failure = await obtainStored(request, sources, machine, run);
  if (failure === undefined && request.checked === "everything") await checkCommitted(request, sources, machine);
  return failure;
}

async function obtainStored<Failure>(
  request: DataRequest,
  sources: ModelSources,
  machine: Machine,
  run: (command: string) => Promise<Failure | undefined>,
): Promise<Failure | undefined> {
  const { model, folder } = request;
  const { pull } = model.data;
  const lists = await Promise.all(request.paths.map((path) => findStoredData(sources, inRepository(model, path))));
  const isMeant = ({ id }: StoredData) => pull !== undefined || request.checked === "everything" || id?.startsWith("lfs:");
  const wanted = [...new Map(lists.flat().map((stored) => [stored.file, stored])).values()].filter(isMeant);
  const before = await findWrong(wanted, folder, machine);
  // Nothing says of data without a content id that it is of today.
  const needed = wanted.filter(({ file, id }) => id === undefined || before.some((wrong) => wrong.file === file));
  if (needed.length === 0) return undefined;
  if (pull) {
    machine.progress(`Pulling data of ${model.name}: ${named(needed.map(({ file }) => file))}`);
    const failure = await bring(pull, needed, request, machine, run);
    if (failure !== undefined) return failure;
  }
  const after = pull ? await findWrong(needed, folder, machine) : before;
  // Without a pull what is not there is told by those who need it.
  const told = after.filter(({ isThere }) => pull !== undefined || isThere);
  if (told.length > 0) throw new MissingDataError(`${model.name}: ${told.slice(0, 3).map(explain(pull)).join(" ")}`);
  return undefined;
}

/** By hand, changes that are not committed are part of what is meant. */
async function checkCommitted({ model, tree, folder, paths }: DataRequest, sources: ModelSources, { files, git }: Machine) {
  const { commit } = tree;
  if (commit === null) return;
  const lists = await Promise.all(paths.map((path) => findCommittedData(sources, inRepository(model, path))));
  const found = await Promise.all(lists.flat().map(async (entry) => ({ entry, at: await files.stat(join(folder, entry.path)) })));
  const there = found.flatMap(({ entry, at }) => (at && !at.isFolder ? [entry] : []));
  const [changed] = await git.findDiffering(folder, there);
  if (!changed) return;
  throw new MissingDataError(
    `${model.name}: ${changed.path} is not what commit ${commit.slice(0, 7)} has: a command wrote over it after the checkout, most ` +
      "likely the training. What a model is scored on must be what was planned: let the command write elsewhere, or run it " +
      "before the commit and commit what it writes.",
  );
}

async function bring<Failure>(
  pull: DataPull,
  needed: readonly StoredData[],
  { model, folder }: DataRequest,
  { git, token, signal }: Machine,
  run: (command: string) => Promise<Failure | undefined>,
): Promise<Failure | undefined> {
  const { workingDirectory, timeoutMinutes } = model.train;
  if (pull.kind === "command") return run(pull.run);
  const stored = needed.filter(({ id }) => id?.startsWith(`${pull.kind}:`)).map(({ file }) => file);
  if (stored.length === 0) return undefined;
  if (pull.kind === "dvc") {
    const targets = stored.map((file) => quoteForShell(posix.relative(workingDirectory, file), process.platform));
    return run(`dvc pull -- ${targets.join(" ")}`);
  }
  await git.pullLfs(folder, stored, { token, signal, timeoutSeconds: timeoutMinutes * 60 });
  return undefined;
}

async function findWrong(wanted: readonly StoredData[], folder: string, { files }: Machine): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  for (const { file, id } of wanted) {
    const path = join(folder, file);
    if (id === undefined && compilePattern(file).base !== file) continue;
    const isThere = await files.exists(path);
    if (!isThere || (id !== undefined && (await hasContent(files, path, id)) === false)) wrong.push({ file, id, isThere });
  }
  return wrong;
}

function explain(pull: DataPull | undefined): (wrong: Wrong) => string {
  const how = pull?.kind === "command" ? "data.pull" : pull && `data.pull: ${pull.kind}`;
  return ({ file, id, isThere }) => {
    const what = id === undefined ? "" : ` The commit names ${id}.`;
    if (!isThere) return `${file} is not there${how ? `, also after ${how}` : ""}.${what} Let data.pull bring it.`;
    const stale = pull ? `, also after ${how}` : "";
    const kind = id?.startsWith("lfs:") ? "lfs" : "dvc";
    const bring = pull
      ? `Bring that content here (\`${kind === "lfs" ? "git lfs" : "dvc"} pull\`)`
      : `Let \`data: { pull: ${kind} }\` bring that content`;
    return `${file} is not what the commit names, which is ${id}${stale}. ${bring}, or commit the pointer of this one.`;
  };
}

function named(files: readonly string[]): string {
  return files.length <= 3 ? files.join(", ") : `${files.slice(0, 2).join(", ")} and ${files.length - 2} more`;
}

import { ConfigError, type Diagnostic } from "../errors/errors.ts";
import { canonicalJson, type Digest, digestOf } from "../evidence/digest.ts";
import type { Input } from "../evidence/evidence.ts";
import { entryAt } from "../git/listing.ts";
import { atPoint } from "../spec/grid.ts";
import { inRepository } from "../spec/paths.ts";
import { replaceParams } from "../spec/replace-params.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { codeInputs, selectCode } from "./code.ts";
import type { DataIds } from "./data-content.ts";
import { findDataIds } from "./data-ids.ts";
import { fileId } from "./file-id.ts";
import { compilePattern, matchingRecords, type Pattern } from "./globs.ts";
import { maxParamsBytes } from "./limits.ts";
import { paramInputs } from "./params.ts";
import { type ModelSources, moduleFile, readSources } from "./sources.ts";
import { trainingInputs } from "./training-inputs.ts";
import { findEntry, type Tree } from "./tree.ts";

/** Everything that determines a run. */
export interface RunDescription {
  /** SHA-256 of the sorted inputs' canonical JSON. */
  inputHash: Digest;
  /** Sorted by kind and name. */
  inputs: Input[];
  /** Declared training data without a content id, by path: a sentence each, such as `data/x.csv has no content id: it is …`. */
  unpinned: ReadonlyMap<string, string>;
  /** Records of the code files, as `git ls-tree -r -z` writes them: what very many inputs of kind `code` would be. */
  code: Buffer;
  /** The runs of its grid, in the order of `Grid.points`; empty without one. */
  points: readonly Pick<RunDescription, "inputHash" | "inputs">[];
}

/**
 * Describes the run that training the model at this tree would be.
 * @throws ConfigError with everything that `assay.yml` names and the tree does not have
 */
export async function describeRun(tree: Tree, spec: Spec, model: Model, known?: ModelSources): Promise<RunDescription> {
  const sources = known ?? (await readSources(tree, model));
  const { inputs: declared, workingDirectory } = model.train;
  const here = (path: string) => inRepository(model, path);
  const problems: Diagnostic[] = [];
  const problem = (key: string, message: string, fix: string, position = model.position) =>
    problems.push({ position, path: `models.${model.name}.${key}`, message, fix });
  const wrongFile = (key: string, path: string, [message, fix]: readonly [message: string, fix: string]) =>
    problem(key, message, fix, model.places.get(`${key} ${path}`));

  const inputs: Input[] = [];
  const unpinned = new Map<string, string>();
  const testSet = await findDataIds(sources, here(model.evaluate.data));
  const readFrom = testSet.kind === "pinned" ? [...testSet.readFrom] : [];
  const data = await Promise.all(declared.data.map(here).map(async (path) => ({ path, ids: await findDataIds(sources, path) })));
  for (const { path, ids } of data) {
    inputs.push(...dataInputs(path, ids, tree.commit));
    if (ids.kind === "pinned") readFrom.push(...ids.readFrom);
    else unpinned.set(path, `${path} has no content id: it ${ids.why}`);
  }
  const params: { path: string; content: Buffer; keys: readonly string[] | undefined; declared: string }[] = [];
  for (const { path, keys } of declared.params) {
    const content = sources.contents.get(here(path));
    if (!content || content.length > maxParamsBytes)
      wrongFile("train.inputs.params", here(path), unreadable(sources, here(path)));
    else params.push({ path: here(path), content, keys, declared: path });
  }
  for (const path of declared.environment) {
    const records = [...matchingRecords(sources.listing, compilePattern(here(path)))];
    if (records.length === 0) wrongFile("train.inputs.environment", here(path), noMatch(here(path)));
    for (const [at] of records) {
      const entry = entryAt(sources.listing, at);
      inputs.push({ kind: "environment", name: entry.path, id: fileId(entry.mode, entry.id) });
    }
  }

  const globs = declared.code && [...declared.code.map(here), ...moduleFile(model)].map(compilePattern);
  for (const glob of globs ?? [])
    if (matchingRecords(sources.listing, glob).next().done) wrongFile("train.inputs.code", glob.text, noMatch(glob.text));
  const code = selectCode(sources.listing, workingDirectory, globs, notCode(spec, model, readFrom));
  inputs.push(...codeInputs(code, workingDirectory));

  /** Of the model itself, or where it stands in its grid. */
  const described = (at: Model, own: readonly Input[]) => {
    const found = params.map(({ path, content, keys, declared: file }) => {
      const values = at.train.point?.params.filter((value) => value.file === file) ?? [];
      if (values.length === 0) return paramInputs(path, content, keys);
      const placed = replaceParams(path, content.toString("utf8"), values);
      for (const { value, message, fix } of placed.mistakes) problem(`train.grid.${value.name}`, message, fix, value.position);
      return paramInputs(path, Buffer.from(placed.text), keys);
    });
    for (const [index, { problems: wrong }] of found.entries())
      for (const { message, fix } of wrong) wrongFile("train.inputs.params", params[index]?.path ?? "", [message, fix]);
    const sorted = sortInputs([...own, ...found.flatMap(({ inputs: values }) => values), ...inputs]);
    return { inputHash: digestOf(canonicalJson(sorted)), inputs: sorted };
  };
  const placed = model.train.grid?.points.map((point) => atPoint(model, point)) ?? [];
  const points = placed.map((at) => described(at, trainingInputs(at)));
  const run = described(placed[0] ?? model, trainingInputs(model));
  if (problems.length > 0) throw new ConfigError(unique(problems));
  return { ...run, unpinned, code, points };
}

/** What is wrong with a file or a key is found once a point. */
function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** What is counted by rules of its own, or not at all. */
export function notCode(spec: Spec, model: Model, readFrom: readonly string[] = []): Pattern[] {
  const { inputs, outputs } = model.train;
  const made = [outputs.model, outputs.metrics].filter((path) => path !== undefined);
  const named = [...inputs.data, model.evaluate.data, ...inputs.params.map(({ path }) => path), ...inputs.environment, ...made];
  const paths = named.map((path) => inRepository(model, path));
  const pointers = paths.filter((path) => !path.endsWith(".dvc")).map((path) => `${path}.dvc`);
  return [...new Set([spec.path, ".github/assay.yml", ...paths, ...pointers, ...readFrom])].map(compilePattern);
}

/** What has no content id is the same nowhere but at its own commit. */
function dataInputs(path: string, ids: DataIds, commit: string | null): Input[] {
  if (ids.kind === "unpinned") return [{ kind: "data", name: path, id: unpinnedId(commit) }];
  return ids.contents.map(({ name, id }) => ({ kind: "data", name, id }));
}

export function unpinnedId(commit: string | null): string {
  return `unpinned:${commit ?? "work tree"}`;
}

function noMatch(path: string): [message: string, fix: string] {
  return [`${path} matches no tracked file.`, "Correct the path, `git add` the file, or leave the entry out."];
}

function unreadable({ listing }: ModelSources, path: string): [message: string, fix: string] {
  if (findEntry(listing, path)) return [`${path} is larger than ${maxParamsBytes} bytes.`, "Keep parameters apart from data."];
  return [`${path} is not tracked.`, "Correct the path, or `git add` the file."];
}

function sortInputs(inputs: readonly Input[]): Input[] {
  const unique = new Map(inputs.map((input) => [`${input.kind}\0${input.name}\0${input.id}`, input]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

import { type AssayError, ConfigError, UsageError } from "../errors/errors.ts";
import type { Git } from "../git/git.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Model, Spec } from "../spec/spec.ts";
import type { DescribedModel } from "./decide.ts";
import { describeRun } from "./describe-run.ts";
import { describeEvaluation } from "./evaluation-inputs.ts";
import { type ModelSources, parseSubmodules, readSources, sourcePaths, submodulesFile } from "./sources.ts";
import { commitTree, commitTreeNear, type Tree } from "./tree.ts";

const defaultSpecPaths = ["assay.yml", ".github/assay.yml"];
const maxSpecBytes = 1024 * 1024;
/** Models described at the same time; each starts a few git processes. */
const concurrency = 4;

/** One side of a plan: the models of a commit or the work tree. */
export interface Side {
  tree: Tree;
  /** Undefined when there is none or it cannot be read; `problem` then says so, a sentence part. */
  spec: Spec | undefined;
  problem: string;
  /** Why the plan cannot be made when this is the side that is planned; the base may be like that. */
  error: AssayError | undefined;
  models: ReadonlyMap<string, SideModel>;
  /** Models whose declared inputs are not there. */
  failures: ReadonlyMap<string, ConfigError>;
}

export type SideModel = DescribedModel & { sources: ModelSources };

export interface ListedCommit {
  commit: string;
  /** As `Git.listTreeRaw` gives it, of all files. */
  listing: Promise<Buffer>;
}

export interface ChangedSpec {
  commit: string;
  change: (spec: Spec) => Spec;
}

/** The commits of a plan, each described once however often it is asked for. */
export interface Sides {
  tree(commit: string): Tree & { commit: string };
  /** @param near a commit that most of the tree is the same as */
  ofCommit(commit: string, near?: string): Promise<Side>;
  ofTree(tree: Tree, commit: string, near?: string): Promise<Side>;
}

/**
 * @param specPath default: `assay.yml`, else `.github/assay.yml`
 * @param names only these models; all when undefined
 * @param listed a commit whose whole tree has been listed already
 * @param changed a commit whose `assay.yml` is taken to say something else
 */
export function createSides(
  git: Git,
  specPath: string | undefined,
  names: readonly string[] | undefined,
  listed?: ListedCommit,
  changed?: ChangedSpec,
): Sides {
  const trees = new Map<string, Tree & { commit: string }>();
  const sides = new Map<string, Promise<Side>>();
  const specs = new Map<string, Spec>();

  function tree(commit: string, near?: string): Tree & { commit: string } {
    const known = trees.get(commit);
    if (known) return known;
    const everything = commit === listed?.commit ? listed.listing : undefined;
    const alone = near === undefined || near === commit || everything !== undefined;
    const made = alone ? commitTree(git, commit, everything) : commitTreeNear(git, commit, tree(near));
    const named = { ...made, commit };
    trees.set(commit, named);
    return named;
  }
  function ofTree(at: Tree, commit: string, near?: string): Promise<Side> {
    const change = commit === changed?.commit ? changed.change : undefined;
    return describeSide({
      tree: at,
      commit,
      specPath,
      names,
      specs,
      change,
      near: near === undefined ? undefined : sides.get(near),
    });
  }
  function ofCommit(commit: string, near?: string): Promise<Side> {
    const known = sides.get(commit);
    if (known) return known;
    const side = ofTree(tree(commit, near), commit, near);
    // It may be described in advance and then not be needed; whoever needs it still gets the failure.
    side.catch(() => {});
    sides.set(commit, side);
    return side;
  }
  return { tree, ofCommit, ofTree };
}

interface SideRequest {
  tree: Tree;
  /** Stands in the plan for the tree. */
  commit: string;
  specPath: string | undefined;
  names: readonly string[] | undefined;
  /** Files already read, by their text: both sides often have the same. */
  specs: Map<string, Spec>;
  change: ChangedSpec["change"] | undefined;
  /** A side that may have the same models. */
  near: Promise<Side> | undefined;
}

async function describeSide(request: SideRequest): Promise<Side> {
  const { tree, commit, specPath, names } = request;
  const nothing = (problem: string, error: AssayError): Side => ({
    tree,
    spec: undefined,
    problem,
    error,
    models: new Map(),
    failures: new Map(),
  });
  let spec: Spec | undefined;
  const read = tree.read([...specPaths(specPath), submodulesFile], maxSpecBytes);
  const submodules = parseSubmodules((await read).get(submodulesFile));
  try {
    spec = readSpec(await read, request);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return nothing("assay.yml cannot be read", error);
  }
  if (spec && request.change) spec = request.change(spec);
  if (!spec) {
    const problem = `there is no ${specPath ?? "assay.yml"}`;
    return nothing(problem, new UsageError(`At ${commit} ${problem}. Add one at the repository's root.`));
  }
  const unknown = names?.filter((name) => !spec.models.has(name)) ?? [];
  const known = [...spec.models.keys()].join(", ") || "none";
  const error =
    unknown.length > 0 ? new UsageError(`${spec.path} has no model ${unknown.join(", ")}. It has ${known}.`) : undefined;

  const wanted = [...spec.models.values()].filter(({ name }) => names === undefined || names.includes(name));
  const models = new Map<string, SideModel>();
  const failures = new Map<string, ConfigError>();
  const pending = [...wanted];
  const describeNext = async (): Promise<void> => {
    for (let model = pending.shift(); model; model = pending.shift()) {
      try {
        models.set(model.name, await describeModel(request, spec, model, submodules));
      } catch (failure) {
        if (!(failure instanceof ConfigError)) throw failure;
        failures.set(model.name, failure);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, describeNext));
  const inOrder = wanted.flatMap(({ name }): [string, SideModel][] => {
    const found = models.get(name);
    return found ? [[name, found]] : [];
  });
  return { tree, spec, problem: "", error, models: new Map(inOrder), failures };
}

/**
 * Paths at and below which files decide the plan, one list a model, as `assay.yml` says that `read` finds.
 * @returns undefined when that cannot be told
 */
export async function pathsOfModels(
  read: (path: string) => Promise<string | undefined>,
  specPath: string | undefined,
): Promise<readonly (readonly string[])[] | undefined> {
  for (const path of specPaths(specPath)) {
    const text = await read(path);
    if (text === undefined) continue;
    try {
      const spec = parseSpec(text, path);
      const submodules = parseSubmodules(await read(submodulesFile));
      return [...spec.models.values()].map((model) => sourcePaths(model, submodules));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return undefined;
    }
  }
  return undefined;
}

export function specPaths(specPath: string | undefined): readonly string[] {
  return specPath === undefined ? defaultSpecPaths : [specPath.replace(/^\.\//, "")];
}

function readSpec(found: ReadonlyMap<string, Buffer>, { specPath, specs }: SideRequest): Spec | undefined {
  const path = specPaths(specPath).find((candidate) => found.has(candidate));
  const text = path === undefined ? undefined : found.get(path)?.toString("utf8");
  if (path === undefined || text === undefined) return undefined;
  const spec = specs.get(`${path}\0${text}`) ?? parseSpec(text, path);
  specs.set(`${path}\0${text}`, spec);
  return spec;
}

async function describeModel(request: SideRequest, spec: Spec, model: Model, submodules: readonly string[]): Promise<SideModel> {
  const { tree, commit } = request;
  const [listing, near] = await Promise.all([tree.listRaw(sourcePaths(model, submodules)), request.near]);
  // The same file, saying the same of the same content: the same model.
  const same = near?.spec === spec ? near.models.get(model.name) : undefined;
  if (same?.sources.listing.equals(listing)) return { ...same, commit };
  const sources = await readSources(tree, model, listing, near?.models.get(model.name)?.sources);
  const [run, evaluation] = await Promise.all([
    describeRun(tree, spec, model, sources),
    describeEvaluation(tree, spec, model, sources),
  ]);
  return { commit, model, run, evaluation, sources };
}

import { ConfigError, type Diagnostic, UsageError } from "../errors/errors.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Model, Spec } from "../spec/spec.ts";
import type { DescribedModel } from "./decide.ts";
import { describeRun } from "./describe-run.ts";
import { describeEvaluation } from "./evaluation-inputs.ts";
import { readSources } from "./sources.ts";
import type { Tree } from "./tree.ts";

const defaultSpecPaths = ["assay.yml", ".github/assay.yml"];
const maxSpecBytes = 1024 * 1024;
/** Models described at the same time; each starts a few git processes. */
const concurrency = 4;

/** One side of a plan: the models of a commit or the work tree. */
export interface Side {
  /** Undefined when there is none or it cannot be read; `problem` then says so, a sentence. */
  spec: Spec | undefined;
  problem: string;
  models: ReadonlyMap<string, DescribedModel>;
  /** Models whose declared inputs are not there. */
  failures: ReadonlyMap<string, { message: string; diagnostics: readonly Diagnostic[] }>;
}

/**
 * @param commit stands in the plan for the tree
 * @param names only these models; all when undefined
 * @throws ConfigError for an `assay.yml` that is wrong, unless `tolerant`
 */
export async function describeSide(
  tree: Tree,
  commit: string,
  specPath: string | undefined,
  names: readonly string[] | undefined,
  { tolerant = false } = {},
): Promise<Side> {
  const nothing = (problem: string): Side => ({ spec: undefined, problem, models: new Map(), failures: new Map() });
  let spec: Spec | undefined;
  try {
    spec = await readSpec(tree, specPath);
  } catch (error) {
    if (!tolerant || !(error instanceof ConfigError)) throw error;
    return nothing("assay.yml cannot be read");
  }
  if (!spec)
    return nothing(`there is no ${specPath ?? "assay.yml"}${tolerant ? "" : ` at ${commit}. Add one at the repository's root.`}`);

  const wanted = [...spec.models.values()].filter(({ name }) => names === undefined || names.includes(name));
  const unknown = names?.filter((name) => !spec.models.has(name)) ?? [];
  if (unknown.length > 0 && !tolerant)
    throw new UsageError(
      `${spec.path} has no model ${unknown.join(", ")}. It has ${[...spec.models.keys()].join(", ") || "none"}.`,
    );

  const models = new Map<string, DescribedModel>();
  const failures = new Map<string, { message: string; diagnostics: readonly Diagnostic[] }>();
  const pending = [...wanted];
  const describeNext = async (): Promise<void> => {
    for (let model = pending.shift(); model; model = pending.shift()) {
      try {
        models.set(model.name, await describeModel(tree, commit, spec, model));
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        failures.set(model.name, error);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, describeNext));
  const inOrder = wanted.flatMap(({ name }): [string, DescribedModel][] => {
    const found = models.get(name);
    return found ? [[name, found]] : [];
  });
  return { spec, problem: "", models: new Map(inOrder), failures };
}

async function readSpec(tree: Tree, specPath: string | undefined): Promise<Spec | undefined> {
  const paths = specPath === undefined ? defaultSpecPaths : [specPath.replace(/^\.\//, "")];
  const found = await tree.read(paths, maxSpecBytes);
  const path = paths.find((candidate) => found.has(candidate));
  const content = path === undefined ? undefined : found.get(path);
  return path === undefined || !content ? undefined : parseSpec(content.toString("utf8"), path);
}

async function describeModel(tree: Tree, commit: string, spec: Spec, model: Model): Promise<DescribedModel> {
  const sources = await readSources(tree, model);
  const [run, evaluation] = await Promise.all([
    describeRun(tree, spec, model, sources),
    describeEvaluation(tree, spec, model, sources),
  ]);
  return { commit, model, run, evaluation };
}

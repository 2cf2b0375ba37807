import { canonicalJson, type Digest, digestOf } from "../evidence/digest.ts";
import { inRepository } from "../spec/paths.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { selectCode } from "./code.ts";
import { findDataIds } from "./data-ids.ts";
import { notCode } from "./describe-run.ts";
import { type ModelSources, readSources } from "./sources.ts";
import type { Tree } from "./tree.ts";

/** Everything besides the model that decides its evaluation. */
export interface EvaluationDescription {
  digest: Digest;
  /** Where the test set is, as `assay.yml` names it, from the repository's root. */
  testPath: string;
  /** Content id of the test set, or a digest over several; undefined when it has none. */
  testSet: string | undefined;
  /** Why the test set has no content id, a sentence. */
  unpinned: string | undefined;
  /** Named parts, to say which of them changed. */
  parts: ReadonlyMap<string, string>;
}

export async function describeEvaluation(
  tree: Tree,
  spec: Spec,
  model: Model,
  known?: ModelSources,
): Promise<EvaluationDescription> {
  const sources = known ?? (await readSources(tree, model));
  const { id, target, positive, classes, predict, metrics } = model.evaluate;
  const testPath = inRepository(model, model.evaluate.data);
  const ids = await findDataIds(sources, testPath);
  const testSet = ids.kind === "pinned" ? contentOf(ids.contents.map((content) => content.id)) : undefined;

  const parts = new Map([
    ["test set", testSet ?? "unpinned"],
    ["task", model.task],
    ["evaluate.id", id ?? ""],
    ["evaluate.target", target],
    ["evaluate.positive", positive ?? ""],
    ["evaluate.classes", canonicalJson(classes ?? null)],
    ["evaluate.predict", canonicalJson({ ...predict })],
    ["evaluate.metrics", canonicalJson([...metrics].sort())],
  ]);
  // With declared code globs the predict command may read files that training does not.
  if (predict.kind === "command" && model.train.inputs.code)
    parts.set(
      "prediction code",
      digestOf(selectCode(sources.listing, model.train.workingDirectory, undefined, notCode(spec, model))),
    );
  const unpinned = ids.kind === "unpinned" ? `${testPath} has no content id: it ${ids.why}` : undefined;
  return { digest: digestOf(canonicalJson([...parts])), testPath, testSet, unpinned, parts };
}

function contentOf(ids: readonly string[]): string {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? only : digestOf(canonicalJson([...ids].sort()));
}

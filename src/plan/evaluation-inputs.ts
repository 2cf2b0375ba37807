import { canonicalJson, type Digest, digestOf } from "../evidence/digest.ts";
import { checkedBy, comparedBy } from "../spec/measured-by.ts";
import { inRepository } from "../spec/paths.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { selectCode } from "./code.ts";
import { findDataIds } from "./data-ids.ts";
import { notCode, unpinnedId } from "./describe-run.ts";
import { type ModelSources, readSources } from "./sources.ts";
import type { Tree } from "./tree.ts";

/** Everything besides the model that decides its evaluation. */
export interface EvaluationDescription {
  digest: Digest;
  /** Where the test set is, as `assay.yml` names it, from the repository's root. */
  testPath: string;
  /** How a model's predictions come about, the test rows aside: while it is the same, kept predictions serve. */
  scoring: Digest;
  /** Content id of the test set, or a digest over several; without one it is only the same at the same commit. */
  testSet: string;
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
  const { id, target, group, weight, slices, positive, classes, predict, metrics, lowerIsBetter } = model.evaluate;
  const testPath = inRepository(model, model.evaluate.data);
  const ids = await findDataIds(sources, testPath);
  const testSet = ids.kind === "pinned" ? contentOf(ids.contents.map((content) => content.id)) : unpinnedId(tree.commit);

  const scoring = new Map([
    ["task", model.task],
    ["evaluate.id", id ?? ""],
    ["evaluate.target", target ?? ""],
    ["evaluate.positive", positive ?? ""],
    ["evaluate.classes", canonicalJson(classes ?? null)],
    ["evaluate.predict", canonicalJson({ ...predict })],
  ]);
  // A model that reads all columns does not read these.
  if (predict.kind !== "command") scoring.set("evaluate.group", group ?? "").set("evaluate.weight", weight ?? "");
  // With declared code globs the predict command may read files that training does not.
  if (predict.kind === "command" && model.train.inputs.code)
    scoring.set(
      "prediction code",
      digestOf(selectCode(sources.listing, model.train.workingDirectory, undefined, notCode(spec, model))),
    );
  const unpinned = ids.kind === "unpinned" ? `${testPath} has no content id: it ${ids.why}` : undefined;
  const parts = new Map([
    ["test set", testSet],
    ...scoring,
    ["evaluate.metrics", canonicalJson([...metrics].sort())],
    ["evaluate.lower-is-better", canonicalJson([...lowerIsBetter].sort())],
    ["evaluate.group", group ?? ""],
    ["evaluate.weight", weight ?? ""],
    ["evaluate.slices", canonicalJson(slices.map((slice) => ({ ...slice })))],
    ["drift", comparedBy(model)],
    ["data.rules", checkedBy(model)],
  ]);
  return {
    digest: digestOf(canonicalJson([...parts])),
    scoring: digestOf(canonicalJson([...scoring])),
    ...{ testPath, testSet, unpinned, parts },
  };
}

function contentOf(ids: readonly string[]): string {
  const [only] = ids;
  return ids.length === 1 && only !== undefined ? only : digestOf(canonicalJson([...ids].sort()));
}

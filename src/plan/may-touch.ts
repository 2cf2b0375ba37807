import { inRepository } from "../spec/paths.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { selectCode } from "./code.ts";
import { compilePattern } from "./globs.ts";

/**
 * Whether a change of the file could change what a model is trained from or how it is judged: for who has only the paths of a change
 * and no tree. What is not sure counts as touched.
 * @param path from the repository's root
 */
export function mayTouchModel(spec: Spec, path: string): boolean {
  if (path === spec.path || /(^|\/)(\.gitattributes|dvc\.lock|dvc\.yaml)$/.test(path)) return true;
  return [...spec.models.values()].some((model) => mayBeCode(model, path) || isNamed(model, path));
}

/** As a plan decides it, in a tree that holds nothing else. */
function mayBeCode({ train }: Model, path: string): boolean {
  const listing = Buffer.from(`100644 blob ${"0".repeat(40)}\t${path}\0`);
  return selectCode(listing, train.workingDirectory, undefined, []).length > 0;
}

function isNamed(model: Model, path: string): boolean {
  const { code = [], data, params, environment } = model.train.inputs;
  const named = [...code, ...data, ...environment, ...params.map(({ path: file }) => file), model.evaluate.data];
  return named.some((name) => [name, `${name}.dvc`].some((file) => compilePattern(inRepository(model, file)).matches(path)));
}

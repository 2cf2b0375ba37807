import { inRepository } from "../spec/paths.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { selectCode } from "./code.ts";
import { notCode } from "./describe-run.ts";
import { compilePattern } from "./globs.ts";

/**
 * Whether a change of the file could change what a model is trained from or how it is judged: for who has only the paths of a change
 * and no tree. What is not sure counts as touched.
 * @param path from the repository's root
 */
export function mayTouchModel(spec: Spec, path: string): boolean {
  return isAboutAll(spec, path) || [...spec.models.values()].some((model) => mayBeCode(model, path) || isNamed(model, path));
}

/** The same of one model, with the code that it declares: files of which only a part is read and pointers to data count. */
export function mayTouch(spec: Spec, model: Model, path: string): boolean {
  return isAboutAll(spec, path) || isNamed(model, path) || isInputOf(spec, model, path);
}

function isAboutAll(spec: Spec, path: string): boolean {
  return path === spec.path || /(^|\/)(\.gitattributes|dvc\.lock|dvc\.yaml)$/.test(path);
}

/** As a plan decides it, in a tree that holds nothing else. */
function mayBeCode({ train }: Model, path: string): boolean {
  return selectCode(listingOf(path), train.workingDirectory, undefined, []).length > 0;
}

/**
 * Whether the model is made from the file or judged on it as a whole, so that another content of it is another run. Files of which
 * only a part is read, and pointers to data, do not count: what is not sure is not touched.
 */
export function isInputOf(spec: Spec, model: Model, path: string): boolean {
  if (/(^|\/)(\.gitattributes|dvc\.lock|dvc\.yaml|[^/]*\.dvc)$/.test(path)) return false;
  const { code, data, environment } = model.train.inputs;
  const patterns = (names: readonly string[]) => names.map((name) => compilePattern(inRepository(model, name)));
  const { workingDirectory } = model.train;
  if (selectCode(listingOf(path), workingDirectory, code && patterns(code), notCode(spec, model)).length > 0) return true;
  return patterns([...data, ...environment, model.evaluate.data]).some((pattern) => pattern.matches(path));
}

function listingOf(path: string): Buffer {
  return Buffer.from(`100644 blob ${"0".repeat(40)}\t${path}\0`);
}

function isNamed(model: Model, path: string): boolean {
  const { code = [], data, params, environment } = model.train.inputs;
  const named = [...code, ...data, ...environment, ...params.map(({ path: file }) => file), model.evaluate.data];
  return named.some((name) => [name, `${name}.dvc`].some((file) => compilePattern(inRepository(model, file)).matches(path)));
}

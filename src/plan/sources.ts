import { posix } from "node:path";
import { inRepository } from "../spec/paths.ts";
import type { Model } from "../spec/spec.ts";
import type { DataIds } from "./data-content.ts";
import { compilePattern } from "./globs.ts";
import { maxDvcLockBytes } from "./limits.ts";
import { findEntry, type Tree } from "./tree.ts";

/** What is read of a tree to describe one model: one listing, and the contents of a few small files. */
export interface ModelSources {
  tree: Tree;
  /** As `git ls-tree -r -z` writes it; everything that the model's paths may name is in it. */
  listing: Buffer;
  /** Parameter files, `.dvc` files, `dvc.lock`, `dvc.yaml` and `.gitmodules`, as far as they are there. */
  contents: ReadonlyMap<string, Buffer>;
  /** Answers already found, by path. */
  dataIds: Map<string, Promise<DataIds>>;
}

export async function readSources(tree: Tree, model: Model): Promise<ModelSources> {
  const { inputs, workingDirectory } = model.train;
  const here = (path: string) => inRepository(model, path);
  const data = [...inputs.data, model.evaluate.data].map(here);
  const params = inputs.params.map(({ path }) => here(path));
  const metadata = [".gitmodules", ...data.flatMap(dvcFilesFor)];

  const wholeFolder = inputs.code === undefined || model.evaluate.predict.kind === "command";
  const named = [...(inputs.code ?? []), ...inputs.environment].map(here);
  const bases = [...named, ...data].map((path) => compilePattern(path).base);
  const listing = await tree.listRaw([
    ...new Set([...(wholeFolder ? [workingDirectory] : []), ...moduleFile(model), ...bases, ...params, ...data, ...metadata]),
  ]);

  const wanted = [...params, ...metadata, ...data.filter((path) => path.endsWith(".dvc"))];
  const there = [...new Set(wanted)].filter((path) => findEntry(listing, path) !== undefined);
  return { tree, listing, contents: await tree.read(there, maxDvcLockBytes), dataIds: new Map() };
}

/** The user's TF.js module, which is code whatever the globs say. */
export function moduleFile(model: Model): string[] {
  const { trainer } = model.train;
  return trainer.kind === "tfjs" && "module" in trainer.how ? [inRepository(model, trainer.how.module)] : [];
}

/** Where DVC may say what a data path holds: its own `.dvc` file or that of a folder above it, and every pipeline on the way. */
export function dvcFilesFor(path: string): string[] {
  const names = [`${path}.dvc`];
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (folder !== ".") names.push(`${folder}.dvc`);
    names.push(posix.join(folder, "dvc.lock"), posix.join(folder, "dvc.yaml"));
    if (folder === ".") return names;
  }
}

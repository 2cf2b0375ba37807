import { posix } from "node:path";
import { inRepository } from "../spec/paths.ts";
import type { Model } from "../spec/spec.ts";
import type { DataIds } from "./data-content.ts";
import { compilePattern } from "./globs.ts";
import { maxDvcLockBytes, maxParamsBytes } from "./limits.ts";
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
  /** The same model elsewhere: what is the same there has the same answers. */
  near: ModelSources | undefined;
}

/** Every path at or below which a file's content may describe the model. */
export function sourcePaths(model: Model, submodules: readonly string[]): string[] {
  const { inputs, workingDirectory } = model.train;
  const here = (path: string) => inRepository(model, path);
  const wholeFolder = inputs.code === undefined || model.evaluate.predict.kind === "command";
  const data = dataPaths(model);
  const named = [...(inputs.code ?? []), ...inputs.environment].map(here);
  const bases = [...named, ...data].map((path) => compilePattern(path).base);
  const params = inputs.params.map(({ path }) => here(path));
  return [
    ...new Set([
      ...(wholeFolder ? [workingDirectory] : []),
      ...moduleFile(model),
      ...bases,
      ...params,
      ...data,
      ...metadataFiles(model),
      // Git does not find a submodule by a path inside it.
      ...submodules.filter((submodule) => data.some((path) => path.startsWith(`${submodule}/`))),
    ]),
  ];
}

export async function readSources(tree: Tree, model: Model, listing?: Buffer, near?: ModelSources): Promise<ModelSources> {
  const listed = listing ?? (await tree.listRaw(sourcePaths(model, await readSubmodules(tree))));
  const params = model.train.inputs.params.map(({ path }) => inRepository(model, path));
  const wanted = [...params, ...metadataFiles(model), ...dataPaths(model).filter((path) => path.endsWith(".dvc"))];
  const there = [...new Set(wanted)].filter((path) => findEntry(listed, path) !== undefined);
  return { tree, listing: listed, contents: await tree.read(there, maxDvcLockBytes), dataIds: new Map(), near };
}

export const submodulesFile = ".gitmodules";

async function readSubmodules(tree: Tree): Promise<string[]> {
  return parseSubmodules((await tree.read([submodulesFile], maxParamsBytes)).get(submodulesFile));
}

/** Paths of the submodules that `.gitmodules` names. */
export function parseSubmodules(gitmodules: Buffer | string | undefined): string[] {
  const lines = gitmodules?.toString().matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\n]*?)"?[ \t\r]*$/gm) ?? [];
  return [...lines].map(([, path]) => path ?? "").filter((path) => path !== "");
}

function dataPaths(model: Model): string[] {
  return [...model.train.inputs.data, model.evaluate.data].map((path) => inRepository(model, path));
}

function metadataFiles(model: Model): string[] {
  return [submodulesFile, ...dataPaths(model).flatMap(dvcFilesFor)];
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

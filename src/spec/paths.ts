import { posix } from "node:path";
import type { Model } from "./spec.ts";

/** A path of a model as the repository knows it: joined to the model's working directory and normalised. */
export function inRepository(model: Model, path: string): string {
  return posix.join(model.train.workingDirectory, path);
}

/** The file that a `.dvc` file stands for: `x.parquet.dvc` → `x.parquet`. Other paths are themselves. */
export function dataFile(path: string): string {
  return path.endsWith(".dvc") ? path.slice(0, -".dvc".length) : path;
}

/** `./a//b` → `a/b`: one spelling for one file. */
export function normalised(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

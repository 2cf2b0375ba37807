import type { GridPoint, Model, ParamsFile } from "./spec.ts";

/** The model as it is trained at one point of its grid: the same as if the point's values were written in place of its own. */
export function atPoint(model: Model, point: GridPoint): Model {
  const { trainer } = model.train;
  const placed = trainer.kind === "tfjs" && point.recipe ? { ...trainer, how: { recipe: point.recipe } } : trainer;
  return { ...model, train: { ...model.train, grid: undefined, point, trainer: placed } };
}

/** All combinations, the last list changing fastest; one empty combination of no lists. */
export function combinations<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  return lists.reduce<Item[][]>((made, items) => made.flatMap((before) => items.map((item) => [...before, item])), [[]]);
}

/** `params.yaml#train.lr`, or `train.lr` where there is one file; undefined when that is none of the files. */
export function parameterOf(name: string, files: readonly Pick<ParamsFile, "path">[]): { file: string; key: string } | undefined {
  const [only, ...more] = files;
  if (!name.includes("#")) return only && more.length === 0 ? { file: only.path, key: name } : undefined;
  const file = files.find(({ path }) => name.startsWith(`${path}#`));
  return file && { file: file.path, key: name.slice(file.path.length + 1) };
}

/** `optimizer.adam 0.01, layers.0.dense 16`. */
export function pointInWords(values: GridPoint["values"]): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

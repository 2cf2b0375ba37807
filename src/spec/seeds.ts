import type { Grid, Model, Recipe, Spec, Train } from "./spec.ts";

/** As `train.seeds` takes them. */
export const maxSeeds = 20;

/** The models of these names as if `train.seeds` had the numbers from 1 to `count`. */
export function withSeeds(spec: Spec, names: (model: string) => boolean, count: number): Spec {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const models = [...spec.models].map(([name, model]): [string, Model] => [name, names(name) ? seeded(model, seeds) : model]);
  return { ...spec, models: new Map(models) };
}

function seeded(model: Model, seeds: readonly number[]): Model {
  const [seed = 1] = seeds;
  const recipe = (declared: Recipe): Recipe => ({ ...declared, seed });
  const { trainer, grid } = model.train;
  const placed: Train["trainer"] =
    trainer.kind === "tfjs" && "recipe" in trainer.how ? { ...trainer, how: { recipe: recipe(trainer.how.recipe) } } : trainer;
  const points: Grid["points"] = (grid?.points ?? []).map((point) => ({
    ...point,
    recipe: point.recipe && recipe(point.recipe),
  }));
  return { ...model, train: { ...model.train, seeds, trainer: placed, grid: grid && { ...grid, points } } };
}

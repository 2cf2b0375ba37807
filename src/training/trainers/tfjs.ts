import { AssayError } from "../../errors/errors.ts";
import type { Training } from "../../evidence/evidence.ts";
import type { Recipe, TfjsTrainer } from "../../spec/spec.ts";
import { loadTensorFlow } from "../../tensorflow/load.ts";
import { trainRecipe } from "../recipe/train-recipe.ts";
import type { Trainer, TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";
import { trainUserModule } from "../user-module/train-user-module.ts";

/** What trainings by recipe and by module say about themselves. */
type Result = Pick<Training, "outcome"> & Partial<Training>;

/** Trains with TensorFlow.js: a recipe in this process, a module of the user's in one of its own. */
export function createTfjsTrainer(setting: TrainerSetting, trainer: TfjsTrainer): Trainer {
  return {
    async train(request) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      const result = await train(request).catch(explain);
      const durationSeconds = (performance.now() - started) / 1000;
      return { seed: request.seed, trainer: "tfjs", startedAt, durationSeconds, ...result };
    },
  };

  function train(request: TrainingRequest): Promise<Result> {
    return "recipe" in trainer.how
      ? withRecipe(trainer.how.recipe, request)
      : trainUserModule(setting, trainer.how.module, trainer.backend, request);
  }

  async function withRecipe(recipe: Recipe, request: TrainingRequest): Promise<Result> {
    const { tf, backend, version, why } = await loadTensorFlow(trainer.backend, { resolveFrom: request.workingDirectory });
    request.progress(`TensorFlow.js ${version}, backend ${backend}${why === undefined ? "" : ` (${why})`}`);
    const used = { requested: trainer.backend, used: backend, version, ...(why === undefined ? {} : { why }) };
    const result = await trainRecipe(tf, recipe, setting.model.task, request, setting.files).catch(explain);
    return { backend: used, ...result };
  }
}

/** A table that is not what the recipe says is the training's failure, not Assay's. */
function explain(error: unknown): Result {
  if (error instanceof AssayError) return { outcome: "failed", message: error.message.slice(0, 4_000) };
  throw error;
}

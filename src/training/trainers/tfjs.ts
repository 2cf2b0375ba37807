import { join } from "node:path";
import { AssayError } from "../../errors/errors.ts";
import type { Training } from "../../evidence/evidence.ts";
import type { Recipe, TfjsTrainer } from "../../spec/spec.ts";
import { loadTensorFlow } from "../../tensorflow/load.ts";
import { type Interruption, watchForInterruption } from "../interruption.ts";
import { trainRecipe } from "../recipe/train-recipe.ts";
import type { Trainer, TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";
import { trainingEnvironment } from "../training-environment.ts";
import { createUserCommands } from "../user-commands.ts";
import { trainUserModule } from "../user-module/train-user-module.ts";

type Result = Pick<Training, "outcome"> & Partial<Training>;

/** Trains with TensorFlow.js: a recipe in this process, a module of the user's in one of its own. */
export function createTfjsTrainer(setting: TrainerSetting, { backend, how }: TfjsTrainer): Trainer {
  const commandsOf = createUserCommands(setting);
  return {
    async train(request) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      const result = await train(request).catch(explain);
      const durationSeconds = (performance.now() - started) / 1000;
      return { seed: request.seed, trainer: "tfjs", startedAt, durationSeconds, ...result };
    },
  };

  async function train(request: TrainingRequest): Promise<Result> {
    const interrupted = watchForInterruption(request);
    const commands = commandsOf(request);
    const failure = await commands.setUp(await trainingEnvironment(setting, request, join(request.runFolder, "output")));
    if (failure) return failure;
    return "recipe" in how
      ? withRecipe(how.recipe, request, interrupted)
      : trainUserModule(setting, { module: how.module, backend }, request, commands);
  }

  async function withRecipe(
    recipe: Recipe,
    request: TrainingRequest,
    interrupted: () => Interruption | undefined,
  ): Promise<Result> {
    const { tf, backend: used, version, why } = await loadTensorFlow(backend, { resolveFrom: request.workingDirectory });
    request.progress(`TensorFlow.js ${version}, backend ${used}${why === undefined ? "" : ` (${why})`}`);
    const { model, files } = setting;
    const result = await trainRecipe({
      tf,
      backend: `${used} ${version}`,
      recipe,
      task: model.task,
      request,
      files,
      interrupted,
    }).catch(explain);
    return { backend: { requested: backend, used, version, ...(why === undefined ? {} : { why }) }, ...result };
  }
}

/** What the user can mend, such as a table that is not what the recipe says, is the training's failure, not Assay's. */
function explain(error: unknown): Result {
  if (error instanceof AssayError) return { outcome: "failed", message: error.message.slice(0, 4_000) };
  throw error;
}

import { join } from "node:path";
import type { Training } from "../../evidence/evidence.ts";
import type { CommandTrainer } from "../../spec/spec.ts";
import { watchOutputs } from "../command-outputs.ts";
import type { Trainer, TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";
import { trainingEnvironment } from "../training-environment.ts";
import { createUserCommands } from "../user-commands.ts";

/** Trains with a command of the user's, in any language. */
export function createCommandTrainer(setting: TrainerSetting, { run }: CommandTrainer): Trainer {
  const { model, files } = setting;
  const commandsOf = createUserCommands(setting);
  return {
    async train(request) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      const result = await train(request);
      const durationSeconds = (performance.now() - started) / 1000;
      return { seed: request.seed, trainer: "command", startedAt, durationSeconds, ...result };
    },
  };

  async function train(request: TrainingRequest): Promise<Pick<Training, "outcome"> & Partial<Training>> {
    const outputFolder = join(request.runFolder, "output");
    await files.makeFolder(outputFolder);
    await files.makeFolder(request.checkpointFolder);
    const collect = await watchOutputs(files, model.train.outputs, { ...request, outputFolder });
    const environment = () => trainingEnvironment(setting, request, outputFolder);
    const commands = commandsOf(request);

    // What was written until a failure stays in the run's `output/`.
    // Globs of data match more after setup.
    const failure =
      (await commands.setUp(await environment())) ?? (await commands.run(run, "The training command", await environment()));
    if (failure) return failure;
    await request.commandEnded?.();
    const { problem, ...outputs } = await collect();
    if (problem !== undefined) return { outcome: "invalid-output", message: problem, exitCode: 0, ...outputs };
    // Everything declared has been copied; the rest need not be kept.
    await files.remove(outputFolder);
    return { outcome: "completed", exitCode: 0, ...outputs };
  }
}

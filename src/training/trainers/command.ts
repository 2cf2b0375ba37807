import { delimiter, join } from "node:path";
import type { Training } from "../../evidence/evidence.ts";
import type { ShellResult } from "../../processes/processes.ts";
import type { CommandTrainer } from "../../spec/spec.ts";
import { commandEnvironment } from "../command-environment.ts";
import { watchOutputs } from "../command-outputs.ts";
import { declaredPaths } from "../declared-paths.ts";
import { describeShellResult } from "../shell-outcome.ts";
import type { Trainer, TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";

/** Trains with a command of the user's, in any language. */
export function createCommandTrainer(setting: TrainerSetting, { run }: CommandTrainer): Trainer {
  const { model, processes, files } = setting;
  return {
    async train(request) {
      const startedAt = new Date();
      const started = performance.now();
      const seconds = () => (performance.now() - started) / 1000;
      const training = (result: Pick<Training, "outcome"> & Partial<Training>): Training => ({
        seed: request.seed,
        trainer: "command",
        startedAt: startedAt.toISOString(),
        durationSeconds: seconds(),
        ...result,
      });

      const folders = { ...request, outputFolder: join(request.runFolder, "output") };
      await files.makeFolder(folders.outputFolder);
      await files.makeFolder(request.checkpointFolder);
      const collect = await watchOutputs(files, model.train.outputs, folders);
      const env = await environment(setting, request, folders.outputFolder);

      for (const [index, command] of [...model.train.setup, run].entries()) {
        const isTraining = index === model.train.setup.length;
        if (!isTraining) request.progress(`Setup: ${command}`);
        const result: ShellResult = await processes.shell(command, {
          cwd: request.workingDirectory,
          env,
          timeoutMinutes: Math.max(request.timeoutMinutes - seconds() / 60, 0),
          signal: request.signal,
          output: request.output,
        });
        const what = isTraining ? "The training command" : `Setup command ${index + 1} of ${model.train.setup.length}`;
        const failure = describeShellResult(result, { what, timeoutMinutes: request.timeoutMinutes });
        // What was written until then stays in the run's `output/`.
        if (failure) return training(failure);
      }

      const { problem, ...outputs } = await collect();
      if (problem !== undefined) return training({ outcome: "invalid-output", message: problem, exitCode: 0, ...outputs });
      // Everything declared has been copied; the rest need not be kept.
      await files.remove(folders.outputFolder);
      return training({ outcome: "completed", exitCode: 0, ...outputs });
    },
  };
}

/** Environment of the setup and training commands. */
async function environment({ model, files, environment }: TrainerSetting, request: TrainingRequest, outputFolder: string) {
  const { data, params } = model.train.inputs;
  const paths = async (declared: readonly string[]) =>
    (await declaredPaths(files, request.workingDirectory, declared)).join(delimiter);
  return commandEnvironment({
    environment,
    declared: request.env,
    assay: {
      ASSAY_MODEL: request.model,
      ASSAY_SEED: String(request.seed),
      ASSAY_OUTPUT_DIR: outputFolder,
      ASSAY_CHECKPOINT_DIR: request.checkpointFolder,
      ASSAY_DATA: await paths(data),
      ASSAY_PARAMS: await paths(params.map(({ path }) => path)),
    },
  });
}

import { join, relative } from "node:path";
import type { Training } from "../../evidence/evidence.ts";
import type { CommandTrainer } from "../../spec/spec.ts";
import { watchOutputs } from "../command-outputs.ts";
import { declaredPaths } from "../declared-paths.ts";
import type { Engine, EngineResult, EngineWork } from "../engine.ts";
import { describeShellResult, type TrainingFailure } from "../shell-outcome.ts";
import type { Trainer, TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";
import { trainingEnvironment } from "../training-environment.ts";
import { createUserCommands } from "../user-commands.ts";

/** Trains with a command of the user's that an engine runs elsewhere. */
export function createRemoteCommandTrainer(setting: TrainerSetting, { run }: CommandTrainer, engine: Engine): Trainer {
  const { model, files } = setting;
  const { outputs, setup } = model.train;
  const declaredOutputs = [outputs.model, ...(outputs.metrics === undefined ? [] : [outputs.metrics])];
  const commandsOf = createUserCommands(setting);
  return {
    async train(request) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      const outputFolder = join(request.runFolder, "output");
      const collect = await watchOutputs(files, outputs, { ...request, outputFolder });
      const { seed, timeoutMinutes, signal, output, progress } = request;
      const env = { ...request.env, ASSAY_MODEL: request.model, ASSAY_SEED: String(seed) };
      const result = await engine.run({
        ...{ seed, env, outputFolder, timeoutMinutes, signal, output, progress },
        outputs: declaredOutputs,
        // Only for what is not on the cluster yet: what is there needs no data here.
        async work() {
          const failure = await obtainData(request, outputFolder);
          return failure ? { failure } : workOf(request);
        },
      });
      const training: Pick<Training, "seed" | "trainer" | "startedAt" | "durationSeconds" | "engine"> = {
        ...{ seed, trainer: "command" },
        startedAt: result.startedAt ?? startedAt,
        durationSeconds: result.seconds ?? (performance.now() - started) / 1000,
        ...(result.job !== undefined && { engine: { kind: "ray", job: result.job } }),
      };
      const failure = describe(result, timeoutMinutes);
      if (failure) return { ...training, ...failure };
      await request.commandEnded?.();
      const { problem, ...collected } = await collect();
      if (problem !== undefined) return { ...training, outcome: "invalid-output", message: problem, exitCode: 0, ...collected };
      await files.remove(outputFolder);
      return { ...training, outcome: "completed", exitCode: 0, ...collected };
    },
  };

  /** Here, before anything is set up, since what lies here then travels. */
  async function obtainData(request: TrainingRequest, outputFolder: string): Promise<TrainingFailure | undefined> {
    if (!setting.obtainData) return undefined;
    const env = await trainingEnvironment(setting, request, outputFolder);
    return setting.obtainData((command) => commandsOf(request).run(command, "The command of data.pull", env));
  }

  async function workOf({ workingDirectory, tracked }: TrainingRequest): Promise<EngineWork> {
    const { inputs } = model.train;
    const relativeTo = (paths: readonly string[]) => paths.map((path) => relative(workingDirectory, path).replaceAll("\\", "/"));
    const data = relativeTo(await declaredPaths(files, workingDirectory, inputs.data));
    const params = relativeTo(
      await declaredPaths(
        files,
        workingDirectory,
        inputs.params.map(({ path }) => path),
      ),
    );
    const byPath = new Map((await tracked()).map(({ path, mode }) => [path, { path, mode }]));
    // Data that lies here although git does not keep it, since something fetched it before.
    for (const path of await filesBelow(workingDirectory, data))
      if (!byPath.has(path)) byPath.set(path, { path, mode: "100644" });
    return {
      folder: workingDirectory,
      files: [...byPath.values()],
      ...{ setup, run, data, params },
      outputs: declaredOutputs,
    };
  }

  async function filesBelow(folder: string, paths: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const path of paths) {
      const stat = await files.stat(join(folder, path));
      if (stat?.isFolder) found.push(...(await files.list(join(folder, path))).map((name) => `${path}/${name}`));
      else if (stat) found.push(path);
    }
    return found;
  }
}

/** What the job's end means for the training; undefined when it ended well. */
function describe({ end, setupCommand, job }: EngineResult, timeoutMinutes: number): TrainingFailure | undefined {
  switch (end.outcome) {
    case "handed-off":
      return {
        outcome: "handed-off",
        message: `The training goes on as job ${job}. Run this workflow again to collect it.`,
      };
    case "unprepared":
      return end.failure;
    case "lost":
      return { outcome: "failed", message: end.message.slice(0, 4_000) };
    default: {
      const what = setupCommand === undefined ? "The training command" : `Setup command ${setupCommand}`;
      return describeShellResult({ ...end, seconds: 0 }, { what, timeoutMinutes });
    }
  }
}

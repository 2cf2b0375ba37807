import { describeShellResult, type TrainingFailure } from "./shell-outcome.ts";
import type { TrainingRequest } from "./trainer.ts";
import type { TrainerSetting } from "./trainer-setting.ts";

/** Runs the commands of one training, which share its time limit. */
export interface UserCommands {
  /**
   * @param what the command as a sentence begins, such as `The training command`
   * @returns undefined when it ended well
   */
  run(command: string, what: string, env: Readonly<Record<string, string>>): Promise<TrainingFailure | undefined>;
  /** Runs `train.setup` up to the first command that fails, and brings the training data here, unless it has done so for an earlier training of the trainer's. */
  setUp(env: Readonly<Record<string, string>>): Promise<TrainingFailure | undefined>;
}

/** The commands of one trainer, for each of its trainings. */
export function createUserCommands(setting: TrainerSetting): (request: TrainingRequest) => UserCommands {
  const setup = { isDone: false };
  return (request) => commandsOf(setting, request, setup);
}

function commandsOf(
  { processes, model, obtainData }: TrainerSetting,
  request: TrainingRequest,
  once: { isDone: boolean },
): UserCommands {
  const { workingDirectory: cwd, timeoutMinutes, signal, output } = request;
  const deadline = performance.now() + timeoutMinutes * 60_000;

  async function run(command: string, what: string, env: Readonly<Record<string, string>>) {
    const minutesLeft = Math.max((deadline - performance.now()) / 60_000, 0);
    const result = await processes.shell(command, { cwd, env, signal, output, timeoutMinutes: minutesLeft });
    return describeShellResult(result, { what, timeoutMinutes });
  }

  return {
    run,
    async setUp(env) {
      if (once.isDone) return undefined;
      const { setup } = model.train;
      for (const [index, command] of setup.entries()) {
        request.progress(`Setup: ${command}`);
        const failure = await run(command, `Setup command ${index + 1} of ${setup.length}`, env);
        if (failure) return failure;
      }
      const failure = await obtainData?.((command) => run(command, "The command of data.pull", env));
      once.isDone = failure === undefined;
      return failure;
    },
  };
}

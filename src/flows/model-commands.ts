import { join } from "node:path";
import { UserCommandError } from "../errors/errors.ts";
import type { Model } from "../spec/spec.ts";
import { commandEnvironment } from "../training/command-environment.ts";
import type { Machine } from "./context.ts";
import { declaredEnvironment } from "./train-model.ts";

/** A model's commands outside its training; one that fails is thrown as UserCommandError. */
export function commandsOf(model: Model, repositoryFolder: string, machine: Machine) {
  const { processes, environment, signal, output } = machine;
  const env = commandEnvironment({ environment, declared: declaredEnvironment(model, machine) });
  const cwd = join(repositoryFolder, model.train.workingDirectory);

  async function run(command: string, what: string): Promise<undefined> {
    const result = await processes.shell(command, { cwd, env, signal, output, timeoutMinutes: model.train.timeoutMinutes });
    if (result.outcome !== "exited" || result.exitCode !== 0)
      throw new UserCommandError(`${model.name}: ${what} \`${command}\` did not succeed; its output in the log says why.`);
  }

  return {
    env,
    run,
    async setUp(): Promise<void> {
      for (const command of model.train.setup) await run(command, "setup command");
    },
  };
}

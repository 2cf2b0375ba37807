import type { Trainer } from "./trainer.ts";
import type { TrainerSetting } from "./trainer-setting.ts";
import { createCommandTrainer } from "./trainers/command.ts";
import { createTfjsTrainer } from "./trainers/tfjs.ts";

/**
 * The trainer that the model's `train` declares.
 * @param request `environment` is where commands get what programs need from; default: this process's environment
 */
export function createTrainer(
  request: Omit<TrainerSetting, "environment"> & Partial<TrainerSetting> & { repositoryFolder: string },
): Trainer {
  const setting = { ...request, environment: request.environment ?? process.env };
  const { trainer } = request.model.train;
  switch (trainer.kind) {
    case "command":
      return createCommandTrainer(setting, trainer);
    case "tfjs":
      return createTfjsTrainer(setting, trainer);
  }
}

import type { Engine } from "./engine.ts";
import type { Trainer } from "./trainer.ts";
import type { TrainerSetting } from "./trainer-setting.ts";
import { createCommandTrainer } from "./trainers/command.ts";
import { createRemoteCommandTrainer } from "./trainers/remote-command.ts";
import { createTfjsTrainer } from "./trainers/tfjs.ts";

/**
 * The trainer that the model's `train` declares.
 * @param engine that runs a command; undefined: this machine does
 */
export function createTrainer(setting: TrainerSetting, engine?: Engine): Trainer {
  const { trainer } = setting.model.train;
  switch (trainer.kind) {
    case "command":
      return engine ? createRemoteCommandTrainer(setting, trainer, engine) : createCommandTrainer(setting, trainer);
    case "tfjs":
      return createTfjsTrainer(setting, trainer);
  }
}

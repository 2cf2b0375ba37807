import type { Trainer } from "./trainer.ts";
import type { TrainerSetting } from "./trainer-setting.ts";
import { createCommandTrainer } from "./trainers/command.ts";
import { createTfjsTrainer } from "./trainers/tfjs.ts";

/** The trainer that the model's `train` declares. */
export function createTrainer(setting: TrainerSetting): Trainer {
  const { trainer } = setting.model.train;
  switch (trainer.kind) {
    case "command":
      return createCommandTrainer(setting, trainer);
    case "tfjs":
      return createTfjsTrainer(setting, trainer);
  }
}

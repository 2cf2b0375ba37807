import type { Training } from "../../evidence/evidence.ts";
import type { TfjsTrainer } from "../../spec/spec.ts";
import type { TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";

export async function trainUserModule(
  _setting: TrainerSetting,
  module: string,
  _backend: TfjsTrainer["backend"],
  _request: TrainingRequest,
): Promise<Pick<Training, "outcome"> & Partial<Training>> {
  return { outcome: "failed", message: `Training with the module ${module} is not there yet.` };
}

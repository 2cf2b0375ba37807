import { delimiter } from "node:path";
import { commandEnvironment } from "./command-environment.ts";
import { declaredPaths } from "./declared-paths.ts";
import type { TrainingRequest } from "./trainer.ts";
import type { TrainerSetting } from "./trainer-setting.ts";

/** Environment of a model's setup and training commands; lists of paths are joined as in PATH. */
export async function trainingEnvironment(
  { model, files, environment }: TrainerSetting,
  request: TrainingRequest,
  outputFolder: string,
): Promise<Record<string, string>> {
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

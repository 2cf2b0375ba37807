import { delimiter, join } from "node:path";
import type { Files } from "../files/files.ts";
import { replaceParams } from "../spec/replace-params.ts";
import type { Train } from "../spec/spec.ts";
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
  const data = await declaredPaths(files, request.workingDirectory, model.train.inputs.data);
  return commandEnvironment({
    environment,
    declared: request.env,
    assay: {
      ASSAY_MODEL: request.model,
      ASSAY_SEED: String(request.seed),
      ASSAY_OUTPUT_DIR: outputFolder,
      ASSAY_CHECKPOINT_DIR: request.checkpointFolder,
      ASSAY_DATA: data.join(delimiter),
      ASSAY_PARAMS: (await paramsFiles(model.train, request, files)).join(delimiter),
    },
  });
}

/** Those in which a grid sets values are copies, which stay among the run's files: the tracked ones are left as they are. */
async function paramsFiles({ inputs, point }: Train, { workingDirectory, runFolder }: TrainingRequest, files: Files) {
  const copies = new Map<string, string>();
  for (const file of new Set(point?.params.map((value) => value.file))) {
    const own = (await files.readText(join(workingDirectory, file))) ?? "";
    const values = point?.params.filter((value) => value.file === file) ?? [];
    copies.set(file, join(runFolder, "params", file));
    await files.write(join(runFolder, "params", file), replaceParams(file, own, values).text);
  }
  const paths = inputs.params.map(({ path }) => path);
  const found = await Promise.all(
    paths.map(async (path) => copies.get(path) ?? (await declaredPaths(files, workingDirectory, [path]))),
  );
  return [...new Set(found.flat())];
}

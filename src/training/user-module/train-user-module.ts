import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../errors/errors.ts";
import type { Training } from "../../evidence/evidence.ts";
import type { TfjsTrainer } from "../../spec/spec.ts";
import { declaredPaths } from "../declared-paths.ts";
import { recordModel } from "../model-record.ts";
import type { TrainingRequest } from "../trainer.ts";
import type { TrainerSetting } from "../trainer-setting.ts";
import { trainingEnvironment } from "../training-environment.ts";
import type { UserCommands } from "../user-commands.ts";
import { type ModuleRequest, type ModuleResult, moduleResultSchema } from "./exchange.ts";

type Result = Pick<Training, "outcome"> & Partial<Training>;

/**
 * Trains with a module of the user's in a process of its own, whose environment holds none of the job's tokens. A backend that lacks an
 * operation of the model is replaced by cpu, which has all.
 */
export async function trainUserModule(
  setting: TrainerSetting,
  trainer: { module: string; backend: TfjsTrainer["backend"] },
  request: TrainingRequest,
  commands: UserCommands,
): Promise<Result> {
  const found = await setting.files.stat(join(request.workingDirectory, trainer.module));
  if (!found || found.isFolder)
    return {
      outcome: "failed",
      message: `train.module names ${trainer.module}, but there is no such file in the working directory. Write it, or mend the path.`,
    };
  const first = await attempt(trainer.backend);
  const { lacks, backend } = first.told ?? {};
  if (lacks === undefined || backend?.used === "cpu") return result(first);
  const why = `the ${backend?.used} backend lacks ${lacks}`;
  request.progress(`Training starts again on cpu: ${why}`);
  return result(await attempt("cpu"), why);

  async function attempt(backend: TfjsTrainer["backend"]) {
    const { files, model } = setting;
    const { workingDirectory, runFolder, checkpointFolder, seed } = request;
    const folder = await files.makeTemporaryFolder("assay-module-");
    const [requestFile, resultFile] = [join(folder, "request.json"), join(folder, "result.json")];
    const outputFolder = join(runFolder, "output");
    const asked: ModuleRequest = {
      module: join(workingDirectory, trainer.module),
      data: await declaredPaths(files, workingDirectory, model.train.inputs.data),
      modelFolder: join(runFolder, "model"),
      ...{ workingDirectory, outputFolder, checkpointFolder, task: model.task, seed, backend, resultFile },
    };
    try {
      await files.makeFolder(outputFolder);
      await files.makeFolder(checkpointFolder);
      await files.write(requestFile, JSON.stringify(asked));
      const env = await trainingEnvironment(setting, request, outputFolder);
      // Variables, so that no path has to be quoted for a shell.
      const program = { ASSAY_NODE: process.execPath, ASSAY_MODULE_MAIN: mainFile(), ASSAY_MODULE_REQUEST: requestFile };
      const failure = await commands.run(commandLine(Object.keys(program)), "The training module", { ...env, ...program });
      return { failure, told: readResult(await files.readText(resultFile, 64 * 1024)) };
    } finally {
      await files.remove(folder);
    }
  }

  async function result({ failure, told }: Awaited<ReturnType<typeof attempt>>, why?: string): Promise<Result> {
    const backend = told && { backend: { requested: trainer.backend, ...told.backend, ...(why === undefined ? {} : { why }) } };
    // An exception of the module ends its process too, and it knows best what happened.
    if (failure) return { ...backend, ...failure, ...(failure.exitCode && told?.problem ? { message: told.problem } : {}) };
    if (!told?.completed)
      return {
        ...backend,
        outcome: "invalid-output",
        message: told?.problem ?? "The training module ended before its `train` had returned a model.",
      };
    const { files } = setting;
    await files.remove(join(request.runFolder, "output"));
    return { ...backend, outcome: "completed", exitCode: 0, model: await recordModel(files, join(request.runFolder, "model")) };
  }
}

function commandLine(variables: readonly string[]): string {
  return variables.map((name) => (process.platform === "win32" ? `"%${name}%"` : `"$${name}"`)).join(" ");
}

/** The child's entry: beside this file, or a main of its own beside the folder of the bundle. */
function mainFile(): string {
  const require = createRequire(import.meta.url);
  for (const place of ["./user-module-main.ts", "./user-module-main.js", "../user-module.js"]) {
    try {
      return require.resolve(fileURLToPath(new URL(place, import.meta.url)));
    } catch {
      // Another layout.
    }
  }
  throw new UsageError("This installation of Assay lacks user-module.js, which runs training modules. Install it again.");
}

function readResult(text: string | undefined): ModuleResult | undefined {
  try {
    return moduleResultSchema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}

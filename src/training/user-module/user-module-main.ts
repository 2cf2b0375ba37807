/**
 * The process in which a user's training module runs, apart from ours and what it holds.
 * Usage: node user-module-main.js REQUEST_FILE
 */
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";
import { readTable } from "../../data/read-table.ts";
import { quoted } from "../../data/table-request.ts";
import { AssayError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { loadTensorFlow } from "../../tensorflow/load.ts";
import { missingKernel } from "../../tensorflow/missing-kernel.ts";
import { saveModelFiles } from "../../tensorflow/model-files.ts";
import { formatPreprocessing, preprocessingFile } from "../../tensorflow/preprocessing.ts";
import type { LayersModel } from "../../tensorflow/tensorflow.ts";
import { seededRandom } from "../seeded-random.ts";
import { type ModuleRequest, type ModuleResult, moduleRequestSchema } from "./exchange.ts";
import { explainModuleError } from "./explain-error.ts";
import type { DataTable, TrainContext, UserModule } from "./user-module.ts";

const files = createNodeFiles();

/** The module did not keep its contract; the message is for people. */
class ContractError extends Error {}

const layersModel = z.custom<LayersModel>(
  (value) => z.object({ save: z.function(), predict: z.function(), getWeights: z.function() }).safeParse(value).success,
);
const names = z.array(z.string().check(z.maxLength(1_000))).check(z.minLength(1), z.maxLength(10_000));
const trainedSchema = z.union([
  z.object({ model: layersModel, features: z.optional(names), classes: z.optional(names) }),
  z.pipe(
    layersModel,
    z.transform((model) => ({ model, features: undefined, classes: undefined })),
  ),
]);

await main();
// What the module left open must not keep a finished training waiting.
process.exit();

async function main(): Promise<void> {
  const request = moduleRequestSchema.parse(JSON.parse((await files.readText(process.argv[2] ?? "")) ?? ""));
  const { tf, backend, version, why } = await loadTensorFlow(request.backend, { resolveFrom: request.workingDirectory });
  console.log(`TensorFlow.js ${version}, backend ${backend}${why === undefined ? "" : ` (${why})`}`);
  const used = { used: backend, version, ...(why === undefined ? {} : { why }) };
  const tell = (result: Omit<ModuleResult, "backend">) =>
    files.write(request.resultFile, JSON.stringify({ backend: used, ...result }));

  // Told beforehand too: the module may end this process.
  await tell({ completed: false });
  const fail = async (error: unknown): Promise<void> => {
    const lacks = missingKernel(error);
    if (lacks !== undefined) return tell({ completed: false, lacks });
    if (error instanceof ContractError || error instanceof AssayError)
      return tell({ completed: false, problem: error.message.slice(0, 4_000) });
    const { problem, detail } = await explainModuleError(error, request, createNodeProcesses());
    console.error(detail);
    process.exitCode = 1;
    return tell({ completed: false, problem: problem.slice(0, 4_000) });
  };
  // What the module throws while nobody waits for it. The wasm backend's own listeners would end the process before it is told.
  for (const event of ["uncaughtException", "unhandledRejection"]) process.removeAllListeners(event);
  process.once("uncaughtException", (error) => void fail(error).finally(() => process.exit()));
  Math.random = seededRandom(request.seed);
  try {
    const userModule = await loadUserModule(request);
    const { seed, outputFolder, checkpointFolder } = request;
    const trained = await userModule.train({
      tf,
      seed,
      outputFolder,
      checkpointFolder,
      data: dataReader(request),
      log: (line) => console.log(line),
    });
    await keep(trained, request);
    await tell({ completed: true });
  } catch (error) {
    await fail(error);
  }
}

async function loadUserModule({ module }: ModuleRequest): Promise<UserModule> {
  const loaded: unknown = await import(/* webpackIgnore: true */ pathToFileURL(module).href);
  const isUserModule = (value: unknown): value is UserModule => z.object({ train: z.function() }).safeParse(value).success;
  if (isUserModule(loaded)) return loaded;
  const byDefault = z.object({ default: z.unknown() }).safeParse(loaded).data?.default;
  if (isUserModule(byDefault)) return byDefault;
  throw new ContractError(
    "The training module exports no function `train`. Write `export async function train({ tf, data, seed }) { … }`.",
  );
}

function dataReader({ workingDirectory, data }: ModuleRequest): TrainContext["data"] {
  return async (path, options = {}): Promise<DataTable> => {
    const absolute = resolve(workingDirectory, path);
    if (!data.some((declared) => absolute === declared || absolute.startsWith(declared + sep)))
      throw new ContractError(
        `The training module reads ${JSON.stringify(relative(workingDirectory, absolute))}, which train.inputs.data does not declare, so that a change of it would go unnoticed. Declare it.`,
      );
    const table = await readTable(absolute, { name: path, text: options.text });
    return {
      ...table,
      column(name) {
        const column = table.columns.find((other) => other.name === name);
        if (!column)
          throw new ContractError(
            `The training module asks ${path} for a column ${JSON.stringify(name)}; it has ${quoted(
              table.columns.map((other) => other.name),
              20,
            )}.`,
          );
        return column.values;
      },
    };
  };
}

async function keep(trained: unknown, { modelFolder, task }: ModuleRequest): Promise<void> {
  const parsed = trainedSchema.safeParse(trained);
  if (!parsed.success)
    throw new ContractError(
      "The training module's `train` did not return a TensorFlow.js layers model. Return the model, or {model, features, classes}.",
    );
  const { model, features, classes } = parsed.data;
  for (const weights of model.getWeights())
    if (weights.dataSync().some((value: number) => !Number.isFinite(value)))
      throw new ContractError(
        "The trained model's weights are not all finite numbers: training diverged. Lower the learning rate.",
      );
  await saveModelFiles(model, files, modelFolder);
  if (!features && !classes) return;
  await files.write(
    join(modelFolder, preprocessingFile),
    formatPreprocessing({
      schema: "assay.preprocessing/v1",
      numeric: (features ?? []).map((name) => ({ name, fill: null, mean: 0, deviation: 1 })),
      categorical: [],
      output:
        task === "regression" ? { kind: "number", mean: 0, deviation: 1 } : { kind: "classes", ...(classes ? { classes } : {}) },
    }),
  );
}

import { join } from "node:path";
import { readTable } from "../../data/read-table.ts";
import type { Table } from "../../data/table.ts";
import type { Training } from "../../evidence/evidence.ts";
import type { Files } from "../../files/files.ts";
import { dataFile } from "../../spec/paths.ts";
import type { Recipe, Task } from "../../spec/spec.ts";
import { createFeatureEncoder, type FeatureEncoder, numbersOf, textsOf } from "../../tensorflow/encode-features.ts";
import { saveModelFiles } from "../../tensorflow/model-files.ts";
import { formatPreprocessing, type Preprocessing, preprocessingFile } from "../../tensorflow/preprocessing.ts";
import type { LayersModel, TensorFlow } from "../../tensorflow/tensorflow.ts";
import type { Interruption } from "../interruption.ts";
import { recordModel } from "../model-record.ts";
import { resumableRandom, seededRandom, withMathRandom } from "../seeded-random.ts";
import { cancelledBy, timedOut } from "../shell-outcome.ts";
import type { TrainingRequest } from "../trainer.ts";
import { type FitResult, fitNetwork, type NetworkRows, type Progress } from "./fit-network.ts";
import { fitPreprocessing } from "./fit-preprocessing.ts";
import { buildNetwork, silenceUntrainedInputs } from "./network.ts";
import { chooseRows, columnOf } from "./training-rows.ts";
import { readState, writeState } from "./training-state.ts";

type Outcome = Pick<Training, "outcome" | "message" | "signal" | "model" | "history" | "reported">;

export interface RecipeTraining {
  tf: TensorFlow;
  /** Name and version of the backend in use. */
  backend: string;
  recipe: Recipe;
  task: Task;
  request: TrainingRequest;
  files: Files;
  interrupted: () => Interruption | undefined;
}

/**
 * Trains a table by a declared recipe and writes `model/{model.json, weights.bin, preprocessing.json}` to the run's folder; a
 * training that is stopped leaves the same files in the checkpoint folder, and there goes on from what an earlier attempt left.
 * Same data, recipe, seed and backend: same bytes.
 * @throws UsageError or MissingDataError when the table is not what the recipe says
 */
export async function trainRecipe({ tf, backend, recipe, task, request, files, interrupted }: RecipeTraining): Promise<Outcome> {
  const path = dataFile(recipe.data);
  const text = [...recipe.features.categorical, ...(task === "regression" ? [] : [recipe.target])];
  const table = await readTable(join(request.workingDirectory, path), { text, name: path, files });

  const random = seededRandom(request.seed);
  const chosen = chooseRows(table, recipe, task, random);
  const labelled = Int32Array.from([...chosen.fit, ...chosen.validation]);
  const preprocessing = fitPreprocessing(table, recipe, task, chosen.fit, labelled);
  const encoder = createFeatureEncoder(preprocessing, table, path);
  const fit = networkRows(table, recipe, preprocessing, encoder, chosen.fit);
  const validation = networkRows(table, recipe, preprocessing, encoder, chosen.validation);
  request.progress(
    `${fit.rows} rows to train on, ${validation.rows} held out${chosen.dropped > 0 ? `, ${chosen.dropped} left out for missing values` : ""}`,
  );

  const model = buildNetwork(tf, recipe, encoder.width, preprocessing.output, nextSeed(random));
  try {
    silenceUntrainedInputs(tf, model, fit.inputs, encoder);
    const { progress } = request;
    const seed = nextSeed(random);
    const maskSeed = nextSeed(random);
    const resume = await earlierState(files, request, backend);
    const masks = resumableRandom(resume?.masks ?? maskSeed);
    const ownRandom = Math.random;
    const keep = async (state: Progress) => {
      await writeState(files, request.checkpointFolder, { schema: "assay.training-state/v1", backend, ...state });
      // Keeping it may take random numbers of its own, for names and pauses.
      await withMathRandom(ownRandom, request.checkpointed);
    };
    const { history, heldOut, ended } = await withMathRandom(masks.next, () =>
      fitNetwork({ tf, model, recipe, seed, masks, fit, validation, interrupted, progress, resume, save: keep }),
    );
    if (ended?.outcome === "diverged") return { ...describeDivergence(ended), history };
    if (ended) {
      await save(model, preprocessing, files, join(request.checkpointFolder, "model"));
      const failure = ended.outcome === "cancelled" ? cancelledBy(ended.signal) : timedOut("Training", request.timeoutMinutes);
      return { ...failure, history };
    }
    await save(model, preprocessing, files, join(request.runFolder, "model"));
    const trained = await recordModel(files, join(request.runFolder, "model"));
    return { outcome: "completed", model: trained, history, ...(heldOut && { reported: heldOut }) };
  } finally {
    model.dispose();
  }
}

/** Where an earlier attempt of this training was, if it can go on from there. */
async function earlierState(files: Files, { checkpointFolder, progress }: TrainingRequest, backend: string) {
  const state = await readState(files, checkpointFolder);
  if (!state) return undefined;
  if (state.backend !== backend) {
    progress(`Training begins anew: the checkpoint was made by ${state.backend}, and this is ${backend}.`);
    return undefined;
  }
  progress(`Training goes on in epoch ${state.epoch}${state.row > 0 ? ` after ${state.row} rows` : ""}, from a checkpoint`);
  return state;
}

function nextSeed(random: () => number): number {
  return Math.floor(random() * 2 ** 31);
}

function networkRows(
  table: Table,
  recipe: Recipe,
  { output }: Preprocessing,
  encoder: FeatureEncoder,
  rows: Int32Array,
): NetworkRows {
  const shape = { rows: rows.length, inputs: encoder.encode(rows), width: encoder.width };
  const target = columnOf(table, recipe.target, recipe.data);
  if (output.kind === "number") {
    const values = numbersOf(target, recipe.data);
    const wanted = Float32Array.from(rows, (row) => ((values[row] ?? 0) - output.mean) / output.deviation);
    return { ...shape, wanted, outputs: 1 };
  }
  const labels = textsOf(target);
  const classes = output.classes ?? [];
  const position = new Map(classes.map((label, index) => [label, index]));
  const wanted = new Float32Array(rows.length * classes.length);
  for (const [index, row] of rows.entries()) wanted[index * classes.length + (position.get(labels[row] ?? "") ?? 0)] = 1;
  return { ...shape, wanted, outputs: classes.length };
}

async function save(model: LayersModel, preprocessing: Preprocessing, files: Files, folder: string): Promise<void> {
  await saveModelFiles(model, files, folder);
  await files.write(join(folder, preprocessingFile), formatPreprocessing(preprocessing));
}

function describeDivergence({ epoch, measure }: Extract<FitResult["ended"], { outcome: "diverged" }>): Outcome {
  const what = measure === "loss" ? "The loss" : "The loss of the held-out rows";
  return {
    outcome: "invalid-output",
    message: `${what} became NaN in epoch ${epoch}: lower the learning rate, or look for extreme values in the training data.`,
  };
}

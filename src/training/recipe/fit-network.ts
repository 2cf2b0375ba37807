import { setImmediate as nextTurn } from "node:timers/promises";
import type { Recipe } from "../../spec/spec.ts";
import type { LayersModel, TensorFlow } from "../../tensorflow/tensorflow.ts";
import type { Interruption } from "../interruption.ts";
import { type ResumableRandom, resumableRandom, shuffled } from "../seeded-random.ts";
import {
  copyWeights,
  maxParameters,
  restoreOptimizer,
  restoreTensor,
  setWeights,
  storeOptimizer,
  storeTensor,
  type TensorCopy,
  type TrainingState,
} from "./training-state.ts";

/** Rows as a network takes them: `width` inputs and `outputs` wanted outputs a row. */
export interface NetworkRows {
  rows: number;
  inputs: Float32Array;
  width: number;
  wanted: Float32Array;
  outputs: number;
}

export interface FitRequest {
  tf: TensorFlow;
  model: LayersModel;
  recipe: Recipe;
  seed: number;
  /** Of dropout. */
  masks: ResumableRandom;
  fit: NetworkRows;
  validation: NetworkRows;
  /** Asked before every step. */
  interrupted: () => Interruption | undefined;
  progress: (line: string) => void;
  /** Where an earlier attempt of the same training was. */
  resume: Progress | undefined;
  /** Keeps where the training is. */
  save: (progress: Progress) => Promise<void>;
}

export type Progress = Omit<TrainingState, "schema" | "backend">;

export interface FitResult {
  /** Per epoch: `loss`, `accuracy` of classifiers, and with held-out rows `val_loss`, `val_accuracy`; null: not a number. */
  history: Record<string, (number | null)[]>;
  /** Of the held-out rows, by the weights that were kept; absent where no rows are held out. */
  heldOut?: Record<string, number>;
  /** What ended training before its time; undefined when it ran as the recipe says. */
  ended?: Interruption | { outcome: "diverged"; epoch: number; measure: string };
}

const maxProgressLines = 20;
const evaluationBatch = 1024;
/** Of the time of a training, saving takes a tenth at most. */
const timesBetweenSaves = 10;

/**
 * Trains by the recipe: each epoch in an order of its own that depends on the seed alone. Early stopping watches the loss of
 * the held-out rows and leaves the weights that were best. A training that goes on ends with the same weights to the bit as one
 * that was never interrupted.
 */
export async function fitNetwork(request: FitRequest): Promise<FitResult> {
  const { tf, model, recipe, validation, progress, resume } = request;
  const history: FitResult["history"] = structuredClone(resume?.history ?? {});
  const random = resumableRandom(resume?.order ?? request.seed);
  const lineEvery = Math.ceil(recipe.epochs / maxProgressLines);
  const best: { loss: number; epoch: number; weights?: TensorCopy[] } = {
    loss: Number.POSITIVE_INFINITY,
    epoch: 0,
    ...(resume?.best && { ...resume.best, weights: resume.best.weights.map(restoreTensor) }),
  };
  const save = saver(request, () => ({
    history,
    ...(best.weights && { best: { ...best, weights: best.weights.map(storeTensor) } }),
  }));
  if (resume) {
    setWeights(tf, model, resume.weights.map(restoreTensor));
    await restoreOptimizer(tf, model, resume);
  }

  for (let epoch = resume?.epoch ?? 1; epoch <= recipe.epochs; epoch++) {
    const order = random.state();
    const begun = epoch === resume?.epoch ? resume : { row: 0, sums: {} };
    const trained = await fitEpoch(request, random, begun);
    if ("interruption" in trained) {
      await save.now({ epoch, order, row: trained.row, sums: trained.sums });
      return { history, ended: trained.interruption };
    }
    const measures = { ...trained.measures, ...(validation.rows > 0 ? evaluate(request) : {}) };
    for (const [name, value] of Object.entries(measures)) {
      history[name] ??= [];
      history[name].push(Number.isFinite(value) ? value : null);
    }
    const diverged = Object.entries(measures).find(([name, value]) => name.endsWith("loss") && !Number.isFinite(value));
    if (diverged) return { history, ended: { outcome: "diverged", epoch, measure: diverged[0] } };

    const watched = measures.val_loss ?? measures.loss ?? 0;
    if (recipe.earlyStopping && watched < best.loss) Object.assign(best, { loss: watched, epoch, weights: copyWeights(model) });
    const stops = recipe.earlyStopping !== undefined && epoch - best.epoch >= recipe.earlyStopping.patience;
    if (epoch === 1 || epoch === recipe.epochs || epoch % lineEvery === 0 || stops)
      progress(describeEpoch(epoch, recipe.epochs, measures));
    if (stops) break;
    await save.whenDue({ epoch: epoch + 1, order: random.state(), row: 0, sums: {} });
  }
  if (best.weights) {
    setWeights(tf, model, best.weights);
    progress(
      `The weights of epoch ${best.epoch} are kept: ${validation.rows > 0 ? "val_loss" : "loss"} ${best.loss.toPrecision(4)}`,
    );
  }
  const kept = (best.weights ? best.epoch : Math.max(...Object.values(history).map(({ length }) => length))) - 1;
  const heldOut = Object.entries(history).flatMap(([name, values]) => {
    const value = values[kept];
    return name.startsWith("val_") && typeof value === "number" ? [[name, value] as const] : [];
  });
  return { history, ...(heldOut.length > 0 && { heldOut: Object.fromEntries(heldOut) }) };
}

type Place = Pick<Progress, "epoch" | "order" | "row" | "sums">;

function saver({ tf, model, masks, save, progress }: FitRequest, known: () => Pick<Progress, "history" | "best">) {
  let due = Number.NEGATIVE_INFINITY;
  const parameters = model.countParams();
  if (parameters > maxParameters) {
    progress(`No checkpoints are made: the network has ${parameters} parameters, and at most ${maxParameters} are kept.`);
    return { now: async () => {}, whenDue: async () => {} };
  }

  async function now(place: Place): Promise<void> {
    const started = performance.now();
    await save({
      ...place,
      ...known(),
      masks: masks.state(),
      weights: copyWeights(model).map(storeTensor),
      ...(await storeOptimizer(tf, model)),
    });
    const ended = performance.now();
    due = ended + timesBetweenSaves * (ended - started);
  }
  return { now, whenDue: async (place: Place) => (performance.now() < due ? undefined : now(place)) };
}

type Epoch = { measures: Record<string, number> } | ({ interruption: Interruption } & Pick<Progress, "row" | "sums">);

/**
 * One pass over the rows; the measures are means over them, each taken before its batch's step as in Keras.
 * @param begun where an earlier attempt was interrupted in this epoch
 */
async function fitEpoch(request: FitRequest, random: ResumableRandom, begun: Pick<Progress, "row" | "sums">): Promise<Epoch> {
  const { tf, model, recipe, fit } = request;
  const order = shuffled(
    Int32Array.from({ length: fit.rows }, (_, row) => row),
    random.next,
  );
  const sums: Record<string, number> = { ...begun.sums };
  for (let from = begun.row; from < fit.rows; from += recipe.batchSize) {
    // Signals are seen only when the event loop turns.
    await nextTurn();
    const interruption = request.interrupted();
    if (interruption) return { interruption, row: from, sums };
    const rows = order.subarray(from, from + recipe.batchSize);
    const x = tf.tensor2d(gather(fit.inputs, fit.width, rows), [rows.length, fit.width]);
    const y = tf.tensor2d(gather(fit.wanted, fit.outputs, rows), [rows.length, fit.outputs]);
    const measured = await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
    for (const [index, value] of [measured].flat().entries()) {
      const name = index === 0 ? "loss" : "accuracy";
      sums[name] = (sums[name] ?? 0) + value * rows.length;
    }
  }
  return { measures: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / fit.rows])) };
}

function evaluate({ tf, model, validation }: FitRequest): Record<string, number> {
  return tf.tidy(() => {
    const x = tf.tensor2d(validation.inputs, [validation.rows, validation.width]);
    const y = tf.tensor2d(validation.wanted, [validation.rows, validation.outputs]);
    const results = [model.evaluate(x, y, { batchSize: evaluationBatch })].flat();
    const names = ["val_loss", "val_accuracy"];
    return Object.fromEntries(results.map((result, index) => [names[index], result.dataSync()[0] ?? Number.NaN]));
  });
}

function gather(values: Float32Array, width: number, rows: Int32Array): Float32Array {
  const result = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) result.set(values.subarray(row * width, (row + 1) * width), index * width);
  return result;
}

function describeEpoch(epoch: number, epochs: number, measures: Readonly<Record<string, number>>): string {
  const parts = Object.entries(measures).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return `Epoch ${epoch}/${epochs}: ${parts.join(", ")}`;
}

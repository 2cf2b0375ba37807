import { setImmediate as nextTurn } from "node:timers/promises";
import type { Recipe } from "../../spec/spec.ts";
import type { LayersModel, Tensor, TensorFlow } from "../../tensorflow/tensorflow.ts";
import type { Interruption } from "../interruption.ts";
import { seededRandom, shuffled } from "../seeded-random.ts";

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
  fit: NetworkRows;
  validation: NetworkRows;
  /** Asked before every step. */
  interrupted: () => Interruption | undefined;
  progress: (line: string) => void;
}

export interface FitResult {
  /** Per epoch: `loss`, `accuracy` of classifiers, and with held-out rows `val_loss`, `val_accuracy`; null: not a number. */
  history: Record<string, (number | null)[]>;
  /** What ended training before its time; undefined when it ran as the recipe says. */
  ended?: Interruption | { outcome: "diverged"; epoch: number; measure: string };
}

const maxProgressLines = 20;
const evaluationBatch = 1024;

/**
 * Trains by the recipe: each epoch in an order of its own that depends on the seed alone. Early stopping watches the loss of
 * the held-out rows and leaves the weights that were best.
 */
export async function fitNetwork(request: FitRequest): Promise<FitResult> {
  const { model, recipe, validation, progress } = request;
  const history: FitResult["history"] = {};
  const random = seededRandom(request.seed);
  const lineEvery = Math.ceil(recipe.epochs / maxProgressLines);
  const best = { loss: Number.POSITIVE_INFINITY, epoch: 0, weights: undefined as Weights | undefined };

  for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
    const trained = await fitEpoch(request, random);
    if ("outcome" in trained) return { history, ended: trained };
    const measures = { ...trained.measures, ...(validation.rows > 0 ? evaluate(request) : {}) };
    for (const [name, value] of Object.entries(measures)) {
      history[name] ??= [];
      history[name].push(Number.isFinite(value) ? value : null);
    }
    const diverged = Object.entries(measures).find(([name, value]) => name.endsWith("loss") && !Number.isFinite(value));
    if (diverged) return { history, ended: { outcome: "diverged", epoch, measure: diverged[0] } };

    const watched = measures.val_loss ?? measures.loss ?? 0;
    if (recipe.earlyStopping && watched < best.loss) Object.assign(best, { loss: watched, epoch, weights: readWeights(model) });
    const stops = recipe.earlyStopping !== undefined && epoch - best.epoch >= recipe.earlyStopping.patience;
    if (epoch === 1 || epoch === recipe.epochs || epoch % lineEvery === 0 || stops)
      progress(describeEpoch(epoch, recipe.epochs, measures));
    if (stops) break;
  }
  if (best.weights) {
    writeWeights(request.tf, model, best.weights);
    progress(
      `The weights of epoch ${best.epoch} are kept: ${validation.rows > 0 ? "val_loss" : "loss"} ${best.loss.toPrecision(4)}`,
    );
  }
  return { history };
}

/** One pass over the rows; the measures are means over them, each taken before its batch's step as in Keras. */
async function fitEpoch(request: FitRequest, random: () => number): Promise<{ measures: Record<string, number> } | Interruption> {
  const { tf, model, recipe, fit } = request;
  const order = shuffled(
    Int32Array.from({ length: fit.rows }, (_, row) => row),
    random,
  );
  const sums: Record<string, number> = {};
  for (let from = 0; from < fit.rows; from += recipe.batchSize) {
    // Signals are seen only when the event loop turns.
    await nextTurn();
    const interruption = request.interrupted();
    if (interruption) return interruption;
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

type Weights = { values: Float32Array; shape: number[] }[];

function readWeights(model: LayersModel): Weights {
  return model.getWeights().map((tensor: Tensor) => ({ values: Float32Array.from(tensor.dataSync()), shape: tensor.shape }));
}

function writeWeights(tf: TensorFlow, model: LayersModel, weights: Weights): void {
  tf.tidy(() => model.setWeights(weights.map(({ values, shape }) => tf.tensor(values, shape))));
}

function describeEpoch(epoch: number, epochs: number, measures: Readonly<Record<string, number>>): string {
  const parts = Object.entries(measures).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return `Epoch ${epoch}/${epochs}: ${parts.join(", ")}`;
}

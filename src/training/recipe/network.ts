import type { Recipe } from "../../spec/spec.ts";
import type { FeatureEncoder } from "../../tensorflow/encode-features.ts";
import type { Preprocessing } from "../../tensorflow/preprocessing.ts";
import type { LayersModel, TensorFlow } from "../../tensorflow/tensorflow.ts";
import { seededRandom } from "../seeded-random.ts";

/**
 * The network that the recipe describes, compiled: its hidden layers, then one softmax unit a class (cross-entropy), or one
 * linear unit (mean squared error). Every name and initial weight depends on recipe and seed alone.
 */
export function buildNetwork(
  tf: TensorFlow,
  recipe: Recipe,
  width: number,
  output: Preprocessing["output"],
  seed: number,
): LayersModel {
  const random = seededRandom(seed);
  const outputs = output.kind === "classes" ? (output.classes?.length ?? 1) : 1;
  const layers = [
    ...recipe.layers,
    {
      kind: "dense" as const,
      units: outputs,
      activation: output.kind === "classes" ? ("softmax" as const) : ("linear" as const),
    },
  ].map((layer, index, { length }) => {
    const first = index === 0 ? { inputShape: [width] } : {};
    if (layer.kind === "dropout") return tf.layers.dropout({ ...first, name: `dropout_${index + 1}`, rate: layer.rate });
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 + Math.floor(random() * 2 ** 31) });
    const name = index === length - 1 ? "output" : `dense_${index + 1}`;
    return tf.layers.dense({ ...first, name, units: layer.units, activation: layer.activation, kernelInitializer });
  });
  const model = tf.sequential({ name: "recipe", layers });
  const { kind, learningRate } = recipe.optimizer;
  model.compile({
    optimizer: tf.train[kind](learningRate),
    ...(output.kind === "classes" ? { loss: "categoricalCrossentropy", metrics: ["accuracy"] } : { loss: "meanSquaredError" }),
  });
  return model;
}

/**
 * Sets the first layer's weights of inputs that are 0 in every training row to 0: nothing trains them, so that a value that
 * training did not see would otherwise add a random amount to each prediction.
 */
export function silenceUntrainedInputs(
  tf: TensorFlow,
  model: LayersModel,
  inputs: Float32Array,
  { width }: FeatureEncoder,
): void {
  const trained = new Uint8Array(width);
  for (let index = 0; index < inputs.length; index++) if (inputs[index] !== 0) trained[index % width] = 1;
  const layer = model.layers.find((candidate) => candidate.getWeights().length > 0);
  const [kernel, ...others] = layer?.getWeights() ?? [];
  if (!layer || !kernel) return;
  const weights = kernel.dataSync().slice();
  const units = weights.length / width;
  for (let index = 0; index < weights.length; index++) if (trained[Math.floor(index / units)] === 0) weights[index] = 0;
  tf.tidy(() => layer.setWeights([tf.tensor(weights, kernel.shape), ...others]));
}

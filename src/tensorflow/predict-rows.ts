import { UserCommandError } from "../errors/errors.ts";
import type { FeatureEncoder } from "./encode-features.ts";
import type { LayersModel, TensorFlow } from "./tensorflow.ts";

const batchRows = 4096;

/** A model's outputs for the first `rows` rows: `width` numbers a row, one row after the other. */
export async function predictRows(
  tf: TensorFlow,
  model: LayersModel,
  encoder: FeatureEncoder,
  rows: number,
): Promise<{ width: number; values: Float32Array }> {
  const [input, ...moreInputs] = model.inputs;
  const [output, ...moreOutputs] = model.outputs;
  const width = output?.shape.at(-1);
  if (input?.shape.length !== 2 || moreInputs.length > 0 || moreOutputs.length > 0 || typeof width !== "number")
    throw new UserCommandError(
      "A model for tables has one input and one output, each of shape [rows, numbers]; this one has others.",
    );
  const wanted = input.shape[1];
  if (wanted !== encoder.width)
    throw new UserCommandError(
      `The model wants ${wanted} numbers a row, but the table gives ${encoder.width}. Say which columns are its features.`,
    );

  const values = new Float32Array(rows * width);
  for (let from = 0; from < rows; from += batchRows) {
    const batch = Int32Array.from({ length: Math.min(batchRows, rows - from) }, (_, index) => from + index);
    const outputs = tf.tidy(() => {
      const predicted = model.predict(tf.tensor2d(encoder.encode(batch), [batch.length, encoder.width]));
      return Array.isArray(predicted) ? predicted.map((tensor) => tensor.dataSync()) : [predicted.dataSync()];
    });
    values.set(outputs[0] ?? [], from * width);
  }
  return { width, values };
}

import type { Table } from "../../data/table.ts";
import type { LayersModel, TensorFlow } from "../../tensorflow/tensorflow.ts";

/** What a module named by `train.module` must export. */
export interface UserModule {
  train(context: TrainContext): Promise<TrainedModel> | TrainedModel;
}

export interface TrainContext {
  /** TensorFlow.js on the backend in use. `Math.random` is seeded. */
  tf: TensorFlow;
  /**
   * Reads a table that `train.inputs.data` declares.
   * @param path relative to the working directory
   * @param options.text columns to read as text whatever they look like
   */
  data(path: string, options?: { text?: readonly string[] }): Promise<DataTable>;
  seed: number;
  /** Absolute; kept when training does not complete. */
  outputFolder: string;
  /** Absolute; kept when the training does not complete. */
  checkpointFolder: string;
  /** One line into the training's output. */
  log(line: string): void;
}

export interface DataTable extends Table {
  /** A column's values: numbers with NaN for missing, or texts with null for missing. */
  column(name: string): Float64Array | readonly (string | null)[];
}

/**
 * A layers model, which Assay saves. With `features`, the columns that it reads in its order (default: every column of the test
 * set but id, target, group and weight), and for classifiers `classes`, the labels in the order of its outputs (default: as declared in
 * `evaluate.classes`, else sorted).
 */
export type TrainedModel = LayersModel | { model: LayersModel; features?: readonly string[]; classes?: readonly string[] };

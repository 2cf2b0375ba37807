import { join } from "node:path";
import * as z from "zod/mini";
import type { Files } from "../../files/files.ts";
import type { LayersModel, Tensor, TensorFlow } from "../../tensorflow/tensorflow.ts";

const fileName = "training.json";
/** Node makes no longer texts. */
const maxBytes = 2 ** 29 - 100;
/** Of a network whose state fits: its weights, two moments of each, and the best ones. */
export const maxParameters = 20_000_000;

const uint32 = z.int().check(z.gte(0), z.lte(0xffff_ffff));
const whole = z.int().check(z.gte(0));
/** Numbers of a tensor, little-endian, in base64. */
const tensor = z.strictObject({
  shape: z.array(whole),
  dtype: z.enum(["float32", "int32"]),
  values: z.base64(),
});
export type StoredTensor = z.infer<typeof tensor>;

/** Everything that the rest of a recipe's training depends on, besides what its inputs and seed give again. */
const stateSchema = z.strictObject({
  schema: z.literal("assay.training-state/v1"),
  /** Results differ between backends and versions. */
  backend: z.string(),
  /** Epoch, from 1, and rows of it that were trained on. */
  epoch: z.int().check(z.gte(1)),
  row: whole,
  /** States of the random numbers: before the epoch's order was drawn, and of dropout now. */
  order: uint32,
  masks: uint32,
  /** Sums of the epoch's measures so far. */
  sums: z.record(z.string(), z.number()),
  history: z.record(z.string(), z.array(z.nullable(z.number()))),
  best: z.optional(z.strictObject({ loss: z.number(), epoch: whole, weights: z.array(tensor) })),
  weights: z.array(tensor),
  optimizer: z.array(z.strictObject({ name: z.string(), tensor })),
  /** Products that an optimiser keeps to itself, by the name of its field. */
  products: z.record(z.string(), tensor),
});
export type TrainingState = z.infer<typeof stateSchema>;

export async function writeState(files: Files, folder: string, state: TrainingState): Promise<void> {
  await files.write(join(folder, fileName), JSON.stringify(state));
}

/** Undefined when there is none that can be read: training then begins anew. */
export async function readState(files: Files, folder: string): Promise<TrainingState | undefined> {
  try {
    const text = await files.readText(join(folder, fileName), maxBytes);
    return stateSchema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}

/** Numbers of a tensor, apart from TensorFlow. */
export interface TensorCopy {
  shape: number[];
  values: Float32Array | Int32Array;
}

function copyTensor(tensor: Tensor): TensorCopy {
  const values = tensor.dataSync();
  return { shape: tensor.shape, values: tensor.dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values) };
}

function toTensor(tf: TensorFlow, { shape, values }: TensorCopy): Tensor {
  return tf.tensor(values, shape, values instanceof Int32Array ? "int32" : "float32");
}

export function storeTensor({ shape, values }: TensorCopy): StoredTensor {
  const dtype = values instanceof Int32Array ? "int32" : "float32";
  return { shape, dtype, values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64") };
}

export function restoreTensor({ shape, dtype, values }: StoredTensor): TensorCopy {
  // A copy of its own starts where four bytes do.
  const { buffer } = Uint8Array.from(Buffer.from(values, "base64"));
  return { shape, values: dtype === "int32" ? new Int32Array(buffer) : new Float32Array(buffer) };
}

export function copyWeights(model: LayersModel): TensorCopy[] {
  return model.getWeights().map(copyTensor);
}

export function setWeights(tf: TensorFlow, model: LayersModel, weights: readonly TensorCopy[]): void {
  tf.tidy(() => model.setWeights(weights.map((copy) => toTensor(tf, copy))));
}

/** Adam's running products, which it would compute otherwise when it is restored: equal but for the last bit. */
const productFields = ["accBeta1", "accBeta2"];

export async function storeOptimizer(tf: TensorFlow, model: LayersModel): Promise<Pick<TrainingState, "optimizer" | "products">> {
  const weights = await model.optimizer.getWeights();
  const optimizer = weights.map(({ name, tensor: kept }) => ({ name, tensor: storeTensor(copyTensor(kept)) }));
  const products = Object.fromEntries(
    productFields.flatMap((field) => {
      const value: unknown = Reflect.get(model.optimizer, field);
      return value instanceof tf.Variable ? [[field, storeTensor(copyTensor(value))]] : [];
    }),
  );
  return { optimizer, products };
}

export async function restoreOptimizer(
  tf: TensorFlow,
  model: LayersModel,
  { optimizer, products }: Pick<TrainingState, "optimizer" | "products">,
): Promise<void> {
  const weights = optimizer.map(({ name, tensor: stored }) => ({ name, tensor: toTensor(tf, restoreTensor(stored)) }));
  await model.optimizer.setWeights(weights);
  tf.dispose(weights.map(({ tensor: copied }) => copied));
  for (const [field, stored] of Object.entries(products)) {
    const value: unknown = Reflect.get(model.optimizer, field);
    if (value instanceof tf.Variable) tf.tidy(() => value.assign(toTensor(tf, restoreTensor(stored))));
  }
}

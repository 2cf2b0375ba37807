import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";

/** What users know as `tf`: operations, optimisers and layers. */
export type TensorFlow = Omit<typeof core, "default"> & Omit<typeof layers, "default">;

/** TensorFlow.js with one of its backends in use. A backend is a setting of the whole process. */
export interface LoadedTensorFlow {
  tf: TensorFlow;
  /** `tensorflow` (tfjs-node), `tensorflow-gpu` (tfjs-node-gpu), `wasm` or `cpu`. */
  backend: string;
  version: string;
  /** Why it is not the backend that was asked for, or for `auto` not the fastest one. */
  why?: string;
}

export type { io, Tensor } from "@tensorflow/tfjs-core";
export type { LayersModel } from "@tensorflow/tfjs-layers";

import type { TfjsTrainer } from "../spec/spec.ts";
import { registerChainedMethods } from "./chained-methods.ts";
import { loadNativeTensorFlow } from "./native-binding.ts";
import type { LoadedTensorFlow, TensorFlow } from "./tensorflow.ts";
import { wasmFolder } from "./wasm-files.ts";

export type RequestedBackend = TfjsTrainer["backend"];

/**
 * Loads TensorFlow.js and puts a backend in use, for the whole process. `auto` and `tensorflow` take native TensorFlow
 * (tfjs-node-gpu, tfjs-node) when it loads, else WebAssembly; what cannot be had falls back to the next, down to `cpu`.
 * @param options.resolveFrom folder in which the user may have installed native TensorFlow
 */
export async function loadTensorFlow(
  requested: RequestedBackend,
  { resolveFrom }: { resolveFrom: string },
): Promise<LoadedTensorFlow> {
  const reasons: string[] = [];
  if (requested === "auto" || requested === "tensorflow") {
    const native = await loadNativeTensorFlow(resolveFrom);
    if ("tf" in native) {
      native.tf.enableProdMode();
      if (await useBackend(native.tf, "tensorflow")) return native;
      reasons.push("native TensorFlow did not start");
    } else reasons.push(native.why);
  }

  const tf = await loadPortable();
  const version = tf.version_core;
  const because = () => (reasons.length > 0 ? { why: reasons.join("; ") } : {});
  if (requested !== "cpu") {
    const problem = await startWasm(tf);
    if (problem === undefined) return { tf, backend: "wasm", version, ...because() };
    reasons.push(problem);
  }
  await import("@tensorflow/tfjs-backend-cpu");
  await tf.setBackend("cpu");
  return { tf, backend: "cpu", version, ...because() };
}

/** Operations and layers without native code. Warnings such as "install our node backend" are for somebody else. */
async function loadPortable(): Promise<TensorFlow> {
  const core = await import("@tensorflow/tfjs-core");
  const layers = await import("@tensorflow/tfjs-layers");
  core.enableProdMode();
  registerChainedMethods(core);
  return { ...core, ...layers };
}

let wasmPathsSet = false;

/** Says why not, when WebAssembly does not start. */
async function startWasm(tf: TensorFlow): Promise<string | undefined> {
  const folder = wasmFolder();
  if (folder === undefined) return "the files of the wasm backend are not installed";
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  // Paths can be set until the backend has started; asking for it by `findBackend` would start it.
  if (!wasmPathsSet) setWasmPaths(folder);
  wasmPathsSet = true;
  // Its loader was written for CommonJS and asks for `__dirname`, which a bundle of ES modules does not have.
  if (!("__dirname" in globalThis)) Object.assign(globalThis, { __dirname: folder });
  return (await useBackend(tf, "wasm")) ? undefined : "the wasm backend did not start";
}

/** A backend that fails to start is silently replaced by another one: look which it is. */
async function useBackend(tf: TensorFlow, name: string): Promise<boolean> {
  try {
    await tf.setBackend(name);
    await tf.ready();
    return tf.getBackend() === name;
  } catch {
    return false;
  }
}

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadNative } from "../natives/load-native.ts";
import type { LoadedTensorFlow, TensorFlow } from "./tensorflow.ts";

type Package = "@tensorflow/tfjs-node-gpu" | "@tensorflow/tfjs-node";

/** Native TensorFlow, or why it cannot be used: the user's own first, which may be the one for their GPU, then ours. */
export async function loadNativeTensorFlow(resolveFrom: string): Promise<LoadedTensorFlow | { why: string }> {
  let why = "@tensorflow/tfjs-node is not installed";
  // Read by the library when it is loaded: no greetings, only warnings.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
  for (const folder of [resolveFrom, undefined]) {
    for (const name of ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const) {
      const found = checkBinding(name, folder);
      if (found === undefined) continue;
      if (found.problem !== undefined) {
        why = found.problem;
        continue;
      }
      restoreRemovedNodeFunctions();
      const { default: tf } = await loadNative<{ default: TensorFlow }>(name, folder === undefined ? [] : [folder]);
      return { tf, backend: name.endsWith("-gpu") ? "tensorflow-gpu" : "tensorflow", version: found.version };
    }
  }
  return { why };
}

/**
 * Loads the native library alone. The package itself registers half of TensorFlow.js before it finds that its library is
 * missing, which would stay behind in this process. Undefined when the package is not installed.
 */
function checkBinding(name: Package, folder: string | undefined): { version: string; problem?: string } | undefined {
  const require = createRequire(folder === undefined ? import.meta.url : pathToFileURL(join(folder, "package.json")));
  let manifest: string;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
  const { version }: { version: string } = require(manifest);
  try {
    // Node 24 takes the newest of the versions that the package offers.
    require(join(dirname(manifest), "lib", "napi-v8", "tfjs_binding.node"));
    return { version };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
    const reason = missing ? "its native library was not installed" : "its native library could not be loaded on this machine";
    return { version, problem: `${name} ${version} is installed, but ${reason}` };
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreRemovedNodeFunctions(): void {
  const util: Record<string, unknown> = createRequire(import.meta.url)("node:util");
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

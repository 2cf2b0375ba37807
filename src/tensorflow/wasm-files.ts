import { createRequire } from "node:module";
import { basename, dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Files in node_modules that a bundle must have beside it. */
export const wasmFiles = [
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/** The folder with the WebAssembly files, with a separator at its end: beside the bundle, else in node_modules. */
export function wasmFolder(): string | undefined {
  const require = createRequire(import.meta.url);
  const [first] = wasmFiles;
  for (const place of [fileURLToPath(new URL(`./${basename(first)}`, import.meta.url)), first]) {
    try {
      return dirname(require.resolve(place)) + sep;
    } catch {
      // Not there; the next place may have it.
    }
  }
  return undefined;
}

import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Files of `@tensorflow/tfjs-backend-wasm/dist` that a bundle must have beside it. */
export const wasmFiles = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/** The folder with the WebAssembly files, with a separator at its end: beside the bundle, else in node_modules. */
export function wasmFolder(): string | undefined {
  const require = createRequire(import.meta.url);
  const [first] = wasmFiles;
  const places = [fileURLToPath(new URL(`./${first}`, import.meta.url)), `@tensorflow/tfjs-backend-wasm/dist/${first}`];
  for (const place of places) {
    try {
      return dirname(require.resolve(place)) + sep;
    } catch {
      // Not there; the next place may have it.
    }
  }
  return undefined;
}

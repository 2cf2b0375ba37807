import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {} from "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { loadTensorFlow } from "../../src/tensorflow/load.ts";
import { wasmFiles } from "../../src/tensorflow/wasm-files.ts";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "assay-tensorflow-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it.each(["wasm", "cpu"] as const)("puts %s in use", async (requested) => {
  const { tf, backend, version, why } = await loadTensorFlow(requested, { resolveFrom: await emptyFolder() });
  expect({ backend, why, inUse: tf.getBackend(), version }).toEqual({
    backend: requested,
    why: undefined,
    inUse: requested,
    version: "4.22.0",
  });
  expect([...tf.tensor1d([1, 2]).add(1).square().dataSync()]).toEqual([4, 9]);
});

it("falls back to wasm when tfjs-node is installed without its native library, and says so", async () => {
  const folder = await emptyFolder();
  const files = createNodeFiles();
  const broken = join(folder, "node_modules/@tensorflow/tfjs-node");
  await files.write(join(broken, "package.json"), '{"name": "@tensorflow/tfjs-node", "version": "4.99.0", "main": "index.js"}');
  await files.write(join(broken, "index.js"), "throw new Error('must not be loaded')");
  // Ours, found next, may have its library or not: this test is about the user's.
  const { backend, why } = await loadTensorFlow("tensorflow", { resolveFrom: folder });
  if (backend !== "tensorflow") {
    expect(backend).toBe("wasm");
    expect(why).toMatch(/tfjs-node 4\.\d+\.0 is installed, but its native library was not installed/);
  }
});

it("says when the native library is there but cannot be loaded", async () => {
  const folder = await emptyFolder();
  const files = createNodeFiles();
  const gpu = join(folder, "node_modules/@tensorflow/tfjs-node-gpu");
  await files.write(join(gpu, "package.json"), '{"name": "@tensorflow/tfjs-node-gpu", "version": "4.99.0"}');
  await files.write(join(gpu, "lib/napi-v8/tfjs_binding.node"), "not a library");
  const { loadNativeTensorFlow } = await import("../../src/tensorflow/native-binding.ts");
  const loaded = await loadNativeTensorFlow(folder);
  if ("why" in loaded) expect(loaded.why).toMatch(/tfjs-node(-gpu)? \S+ is installed, but its native library/);
});

it("gives tensors the methods that @tensorflow/tfjs gives them", async () => {
  const require = createRequire(import.meta.url);
  const { tf } = await loadTensorFlow("cpu", { resolveFrom: await emptyFolder() });
  const ours = new Set(Object.keys(tf.Tensor.prototype));
  // The package, which tfjs-node depends on, registers its own on the same class, which is kept per process.
  const native = createRequire(require.resolve("@tensorflow/tfjs-node/package.json"));
  const registered = Object.keys(native("@tensorflow/tfjs").Tensor.prototype);
  expect(registered.filter((name) => !ours.has(name))).toEqual([]);
});

it("names wasm files that are there", () => {
  const require = createRequire(import.meta.url);
  for (const file of wasmFiles) expect(require.resolve(file)).toMatch(/\.wasm$/);
});

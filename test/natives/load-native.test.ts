import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { loadNative, type NativePackage, setNativeSource } from "../../src/natives/load-native.ts";

/** A folder with a package of that name installed, whose module is this code. */
function folderWith(name: NativePackage, code: string): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-natives-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, "node_modules", name);
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name, main: "index.cjs" }));
  writeFileSync(join(installed, "index.cjs"), code);
  return folder;
}

describe("loading a native package", () => {
  it("finds what is installed beside Assay", async () => {
    const { DuckDBInstance } = await loadNative<typeof import("@duckdb/node-api")>("@duckdb/node-api");
    expect(DuckDBInstance).toBeTypeOf("function");
  });

  it("takes the one in a given folder first", async () => {
    const folder = folderWith("onnxruntime-node", "exports.from = 'the folder';");
    expect(await loadNative("onnxruntime-node", [folder])).toMatchObject({ from: "the folder" });
  });

  it("goes on to the next place when one of them is broken", async () => {
    const broken = folderWith("onnxruntime-node", "throw new Error('cannot open shared object file');");
    const whole = folderWith("onnxruntime-node", "exports.from = 'the second';");
    expect(await loadNative("onnxruntime-node", [broken, whole])).toMatchObject({ from: "the second" });
  });

  it("names package, platform, what loading it said, and how to install it", async () => {
    const broken = folderWith(
      "@tensorflow/tfjs-node-gpu",
      "throw new Error('libcudart.so.11.0: cannot open shared object file');",
    );
    const error = await loadNative("@tensorflow/tfjs-node-gpu", [broken]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    const message = error instanceof Error ? error.message : "";
    expect(message).toContain("@tensorflow/tfjs-node-gpu could not be loaded on");
    expect(message).toContain(`${process.platform}-${process.arch}`);
    expect(message).toContain("libcudart.so.11.0");
    expect(message).toContain("npm ci");
    expect(message.split("\n")).toHaveLength(1);
  });
});

describe("a native source", () => {
  it("is asked instead of the folders above Assay, which every job of a runner can write", async () => {
    onTestFinished(() => setNativeSource(undefined));
    const folder = folderWith("onnxruntime-node", "exports.from = 'the source';");
    setNativeSource(async (name) => (name === "onnxruntime-node" ? folder : undefined));
    expect(await loadNative("onnxruntime-node")).toMatchObject({ from: "the source" });
    await expect(loadNative("@duckdb/node-api")).rejects.toThrow("it is not installed");
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createToolCacheSource, npmBeside } from "../../src/natives/tool-cache-source.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";

const files = createNodeFiles();
const root = join(import.meta.dirname, "..", "..");

describe("the source of native packages on a runner", () => {
  const source = createToolCacheSource({
    files,
    processes: createNodeProcesses(),
    folder: join(tmpdir(), "assay-no-such-cache"),
    environment: {},
    progress: () => {},
  });

  it("is Assay's own node_modules where they are there", async () => {
    expect(await source("onnxruntime-node")).toBe(root);
  });

  it("knows nothing of what is not pinned", async () => {
    expect(await source("@tensorflow/tfjs-node-gpu")).toBeUndefined();
  });
});

describe("npm beside Node", () => {
  it("is found where releases of Node have it, and nowhere else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-npm-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const node = join(folder, "bin", "node");
    expect(await npmBeside(node, files)).toBeUndefined();
    const script = join(folder, "lib", "node_modules", "npm", "bin", "npm-cli.js");
    mkdirSync(join(script, ".."), { recursive: true });
    writeFileSync(script, "");
    expect(await npmBeside(node, files)).toEqual([node, script]);
  });
});

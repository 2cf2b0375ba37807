import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { createFolderStore } from "../../src/model-store/folder-store.ts";
import type { ModelStore } from "../../src/model-store/model-store.ts";

describe("a folder as model store", () => {
  let folder: string;
  let store: ModelStore;
  const at = (name: string) => join(folder, name);
  const digest = digestOf("weights");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-test-store-"));
    store = createFolderStore(createNodeFiles(), at("store"));
    writeFileSync(at("model.bin"), "weights");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("gives back what was put", async () => {
    expect(await store.has(digest)).toBe(false);
    expect(await store.get(digest, at("copy.bin"))).toBe(false);
    await store.put(digest, at("model.bin"));
    await store.put(digest, at("model.bin"));
    expect(await store.has(digest)).toBe(true);
    expect(await store.get(digest, at("copy.bin"))).toBe(true);
    expect(readFileSync(at("copy.bin"), "utf8")).toBe("weights");
    expect(readdirSync(at("store"))).toEqual([`sha256-${digest.slice(7)}`]);
  });

  it("refuses bytes that do not have the digest", async () => {
    await expect(store.put(digestOf("others"), at("model.bin"))).rejects.toThrow(/model\.bin should be sha256:/);
    expect(await store.has(digestOf("others"))).toBe(false);
  });

  it("gives out nothing that was damaged, and mends it with the next put", async () => {
    await store.put(digest, at("model.bin"));
    writeFileSync(join(at("store"), `sha256-${digest.slice(7)}`), "weig");
    await expect(store.get(digest, at("copy.bin"))).rejects.toThrow(/damaged/);
    expect(readdirSync(folder)).not.toContain("copy.bin");
    await store.put(digest, at("model.bin"));
    expect(await store.get(digest, at("copy.bin"))).toBe(true);
  });
});

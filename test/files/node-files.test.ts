import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = createNodeFiles();

describe("node files", () => {
  it("says undefined for what is not there", async () => {
    const missing = join(folder, "missing");
    expect(await files.readText(missing)).toBeUndefined();
    expect(await files.readBytes(missing)).toBeUndefined();
    expect(await files.stat(missing)).toBeUndefined();
    expect(await files.exists(missing)).toBe(false);
    writeFileSync(join(folder, "file"), "");
    expect(await files.exists(join(folder, "file", "below"))).toBe(false);
  });

  it("reads what it wrote, in new folders, and leaves nothing beside it", async () => {
    const path = join(folder, "a", "b", "c.txt");
    await files.write(path, "first");
    await files.write(path, "größer");
    expect(await files.readText(path)).toBe("größer");
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["c.txt"]);
    await files.copy(path, join(folder, "x", "y.txt"));
    expect(await files.readText(join(folder, "x", "y.txt"))).toBe("größer");
  });

  it("leaves the old file when the new one cannot be put in its place", async () => {
    mkdirSync(join(folder, "taken", "below"), { recursive: true });
    await expect(files.write(join(folder, "taken"), "x")).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["taken"]);
  });

  it("refuses a file past the limit, and a folder, by name", async () => {
    const path = join(folder, "big.bin");
    writeFileSync(path, Buffer.alloc(11));
    expect((await files.readBytes(path, 11))?.length).toBe(11);
    await expect(files.readBytes(path, 10)).rejects.toThrow(UsageError);
    await expect(files.readBytes(path, 10)).rejects.toThrow(path);
    await expect(files.readText(folder)).rejects.toThrow("is a folder");
  });

  it("lists regular files below a folder, sorted, without following links", async () => {
    for (const path of ["b.txt", "a/z.txt", "a/deep/er.txt", "a b.txt"]) await files.write(join(folder, path), path);
    symlinkSync(join(folder, "a"), join(folder, "link"));
    symlinkSync(join(folder, "b.txt"), join(folder, "link.txt"));
    expect(await files.list(folder)).toEqual(["a b.txt", "a/deep/er.txt", "a/z.txt", "b.txt"]);
  });

  it("lists a folder alone, up to a limit, and none that is not there", async () => {
    for (const path of ["b.txt", "a/z.txt", "c.txt"]) await files.write(join(folder, path), path);
    symlinkSync(join(folder, "b.txt"), join(folder, "link.txt"));
    const found = [...(await files.entries(folder, 100))].sort((one, other) => (one.name < other.name ? -1 : 1));
    expect(found).toEqual([
      { name: "a", isFolder: true },
      { name: "b.txt", isFolder: false },
      { name: "c.txt", isFolder: false },
    ]);
    expect(await files.entries(folder, 2)).toHaveLength(2);
    expect(await files.entries(join(folder, "missing"), 2)).toEqual([]);
  });

  it("reads a part of a file, up to its end", async () => {
    const path = join(folder, "grows.bin");
    expect((await files.readPart(path, 0, 4)).toString()).toBe("");
    await files.write(path, "0123456789");
    expect((await files.readPart(path, 2, 4)).toString()).toBe("2345");
    expect((await files.readPart(path, 8, 4)).toString()).toBe("89");
    expect((await files.readPart(path, 10, 4)).toString()).toBe("");
  });

  it("has no file behind links that lead in a circle or under a name that is too long, and lists what is beside them", async () => {
    symlinkSync(join(folder, "loop.csv"), join(folder, "loop.csv"));
    await files.write(join(folder, "other.csv"), "a\n");
    expect(await files.exists(join(folder, "loop.csv"))).toBe(false);
    expect(await files.readText(join(folder, `${"x".repeat(300)}.csv`))).toBeUndefined();
    expect(await files.list(folder, { linkedFiles: true })).toContain("other.csv");
  });

  it("digests a file in pieces as a whole", async () => {
    const content = Buffer.alloc(3 * 1024 * 1024 + 17, "assay");
    writeFileSync(join(folder, "data"), content);
    expect(await files.digest(join(folder, "data"))).toEqual({
      digest: `sha256:${createHash("sha256").update(content).digest("hex")}`,
      bytes: content.length,
    });
  });

  it("makes a fresh temporary folder where it is told to, and removes it", async () => {
    const own = createNodeFiles({ temporaryFolder: join(folder, "runner-temp") });
    const first = await own.makeTemporaryFolder("assay-");
    const second = await own.makeTemporaryFolder("assay-");
    expect(first).not.toBe(second);
    expect(first.startsWith(join(folder, "runner-temp", "assay-"))).toBe(true);
    expect((await own.stat(first))?.isFolder).toBe(true);
    await own.write(join(first, "x"), "x");
    await own.remove(first);
    expect(await own.exists(first)).toBe(false);
    await own.remove(first);
  });
});

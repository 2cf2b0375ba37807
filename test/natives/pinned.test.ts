import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { type PinnedName, pinnedFolders, readPinned } from "../../src/natives/pinned.ts";

const root = join(import.meta.dirname, "..", "..");
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe.each(Object.keys(pinnedFolders) as PinnedName[])("what is pinned of %s", (name) => {
  it("is the version that Assay itself depends on, locked with integrity", async () => {
    const { project, lock } = await readPinned(name, createNodeFiles());
    expect(JSON.parse(project).dependencies).toEqual({ [name]: dependencies[name] });
    const { packages } = JSON.parse(lock);
    expect(packages[`node_modules/${name}`].version).toBe(dependencies[name]);
    for (const [path, locked] of Object.entries<{ integrity?: string }>(packages))
      if (path !== "") expect(locked.integrity, path).toMatch(/^sha512-/);
    expect(lock).not.toContain("resolved");
  });

  it("is, file by file, what npm installed here", async () => {
    const { platforms } = await readPinned(name, createNodeFiles());
    const here = platforms[`${process.platform}-${process.arch}`] ?? {};
    expect(Object.keys(here).length).toBeGreaterThan(10);
    expect(Object.keys(here).some((path) => path.endsWith(".node"))).toBe(true);
    for (const [path, digest] of Object.entries(here)) {
      // Hoisted elsewhere in a larger project, it is another copy.
      if (!existsSync(join(root, path))) continue;
      expect(
        createHash("sha256")
          .update(readFileSync(join(root, path)))
          .digest("hex"),
        path,
      ).toBe(digest);
    }
  });
});

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { obtainPinned, type Workshop } from "../../src/natives/obtain-pinned.ts";
import type { PinnedPackage } from "../../src/natives/pinned.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { npmProgram, startRegistry } from "./npm-registry.ts";

const name = "native-example";
const honest = "module.exports = 'what was pinned';\n";
const manifest = JSON.stringify({ name, version: "1.0.0", main: "index.cjs" });

async function createPlace() {
  const folder = await mkdtemp(join(tmpdir(), "assay-natives-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const registry = await startRegistry(name, [
    { path: "index.cjs", content: honest },
    { path: "unneeded.cjs", content: "" },
  ]);
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const pinned: PinnedPackage = {
    name,
    project: registry.project,
    lock: registry.lock,
    platforms: {
      "linux-x64": {
        [`node_modules/${name}/index.cjs`]: sha256(honest),
        [`node_modules/${name}/package.json`]: sha256(manifest),
      },
    },
  };
  const lines: string[] = [];
  const workshop: Workshop = {
    files: createNodeFiles({ temporaryFolder: join(folder, "temp") }),
    processes: createNodeProcesses(),
    cacheFolder: join(folder, "cache"),
    platform: "linux-x64",
    npm: npmProgram(),
    environment: {
      PATH: process.env["PATH"],
      HOME: folder,
      npm_config_registry: registry.url,
      npm_config_cache: join(folder, "npm"),
    },
    progress: (line) => lines.push(line),
  };
  const cached = () => {
    const parent = join(folder, "cache", "assay-natives");
    const [found] = readdirSync(parent);
    return join(parent, found ?? "");
  };
  return { folder, registry, pinned, workshop, lines, cached };
}

const load = (folder: string): unknown => createRequire(join(folder, "index.js"))(name);

describe("a pinned native package", () => {
  it("is installed once from the registry and then comes from the cache", async () => {
    const { pinned, workshop, registry, lines } = await createPlace();
    expect(load(await obtainPinned(pinned, workshop))).toBe("what was pinned");
    const asked = registry.requests.length;
    expect(asked).toBeGreaterThan(0);
    expect(load(await obtainPinned(pinned, workshop))).toBe("what was pinned");
    expect(registry.requests).toHaveLength(asked);
    expect(lines).toEqual([`Installing ${name} for linux-x64`]);
  });

  it("is never loaded from a cache that a training job overwrote: it is installed afresh", async () => {
    const { pinned, workshop, registry, lines, cached } = await createPlace();
    await obtainPinned(pinned, workshop);
    const asked = registry.requests.length;
    writeFileSync(join(cached(), "node_modules", name, "index.cjs"), "module.exports = 'stolen';\n");
    expect(load(await obtainPinned(pinned, workshop))).toBe("what was pinned");
    expect(lines.join("\n")).toContain(`node_modules/${name}/index.cjs`);
    expect(lines.join("\n")).toContain("nothing there is used");
    expect(registry.requests.length).toBeGreaterThan(asked);
    expect(readFileSync(join(cached(), "node_modules", name, "index.cjs"), "utf8")).toBe(honest);
  });

  it("has nothing beside it that was put into the cache", async () => {
    const { pinned, workshop, cached } = await createPlace();
    await obtainPinned(pinned, workshop);
    writeFileSync(join(cached(), "node_modules", name, "index.js"), "module.exports = 'stolen';\n");
    const folder = await obtainPinned(pinned, workshop);
    expect(readdirSync(join(folder, "node_modules", name)).sort()).toEqual(["index.cjs", "package.json"]);
  });

  it("is the job's own copy: what happens to the cache later does not reach it", async () => {
    const { pinned, workshop, cached } = await createPlace();
    const folder = await obtainPinned(pinned, workshop);
    writeFileSync(join(cached(), "node_modules", name, "index.cjs"), "module.exports = 'stolen';\n");
    expect(load(folder)).toBe("what was pinned");
  });

  it("is refused when the registry gives other files than were pinned", async () => {
    const { pinned, workshop } = await createPlace();
    const other = { ...pinned, platforms: { "linux-x64": { [`node_modules/${name}/index.cjs`]: "0".repeat(64) } } };
    await expect(obtainPinned(other, workshop)).rejects.toThrow(/another file than this release of Assay pins/);
  });

  it("is refused when its tarball is not the lock's", async () => {
    const { pinned, workshop } = await createPlace();
    const lock = pinned.lock.replace(/sha512-[^"]+/, `sha512-${Buffer.alloc(64).toString("base64")}`);
    await expect(obtainPinned({ ...pinned, lock }, workshop)).rejects.toThrow(
      /npm could not install native-example.*EINTEGRITY/s,
    );
  });

  it("says which platforms there are, and what to do without npm", async () => {
    const { pinned, workshop } = await createPlace();
    await expect(obtainPinned(pinned, { ...workshop, platform: "linux-riscv64" })).rejects.toThrow(
      "native-example is pinned for linux-x64, and this runner is linux-riscv64",
    );
    await expect(obtainPinned(pinned, { ...workshop, npm: undefined })).rejects.toThrow("Add a step with actions/setup-node");
  });

  it("is obtained although the cache cannot be written", async () => {
    const { pinned, workshop, folder, lines } = await createPlace();
    writeFileSync(join(folder, "cache"), "a file");
    expect(load(await obtainPinned(pinned, workshop))).toBe("what was pinned");
    expect(lines.at(-1)).toContain("cannot be written");
    expect(existsSync(join(folder, "cache", "assay-natives"))).toBe(false);
  });
});

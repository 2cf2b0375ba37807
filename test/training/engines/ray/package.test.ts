import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNodeFiles } from "../../../../src/files/node-files.ts";
import type { EngineWork } from "../../../../src/training/engine.ts";
import { makePackage } from "../../../../src/training/engines/ray/package.ts";

const files = createNodeFiles();

async function createWork(content: Readonly<Record<string, string>>, changes: Partial<EngineWork> = {}): Promise<EngineWork> {
  const folder = await mkdtemp(join(tmpdir(), "assay-package-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(content)) await files.write(join(folder, path), text);
  const tracked = Object.keys(content).map((path) => ({ path, mode: path.endsWith(".sh") ? "100755" : "100644" }));
  return { folder, files: tracked, setup: [], run: "bash train.sh", data: [], params: [], outputs: ["model.txt"], ...changes };
}

describe("the package of a Ray job", () => {
  it("has the same name and bytes for the same files, in whichever order git lists them", async () => {
    const content = { "train.sh": "echo", "src/ä.py": "1", empty: "" };
    const work = await createWork(content);
    const [one, other] = [await makePackage(work, files), await makePackage({ ...work, files: work.files.toReversed() }, files)];
    expect(other.name).toBe(one.name);
    expect(Buffer.from(other.content())).toEqual(Buffer.from(one.content()));
    expect((await makePackage({ ...work, run: "bash train.sh again" }, files)).name).not.toBe(one.name);
    expect((await makePackage(await createWork({ ...content, empty: "!" }), files)).name).not.toBe(one.name);
  });

  it("is a ZIP archive that unzip unpacks, with the right to execute", async () => {
    const work = await createWork({ "train.sh": "echo trained", "src/ä.py": "x = 1\n".repeat(1_000), empty: "" });
    const archive = join(work.folder, "package.zip");
    await writeFile(archive, (await makePackage(work, files)).content());
    const to = join(work.folder, "unpacked");
    execFileSync("unzip", ["-q", archive, "-d", to]);
    expect(await files.list(to)).toEqual([".assay/job.py", ".assay/work.json", "empty", "src/ä.py", "train.sh"]);
    expect(execFileSync(join(to, "train.sh"), { shell: "bash" }).toString()).toBe("trained\n");
    expect(await files.readText(join(to, "src/ä.py"))).toBe("x = 1\n".repeat(1_000));
  });

  it("takes a link as a link, and nothing that lies behind one", async () => {
    const work = await createWork({ "train.sh": "echo" });
    await symlink("/etc/passwd", join(work.folder, "link"));
    const linked = await makePackage({ ...work, files: [...work.files, { path: "link", mode: "120000" }] }, files);
    expect(Buffer.from(linked.content()).includes("link")).toBe(false);
    await symlink("/etc", join(work.folder, "elsewhere"));
    const behind = { ...work, files: [{ path: "elsewhere/passwd", mode: "100644" }] };
    await expect(makePackage(behind, files)).rejects.toThrow("elsewhere/passwd lies behind the link elsewhere");
  });

  it.each([
    ["a submodule", { path: "lib", mode: "160000" }, "lib is a git submodule"],
    ["a file that is not there", { path: "gone.py", mode: "100644" }, "gone.py is tracked and not on this machine"],
    ["a file in our own folder", { path: ".assay/x", mode: "100644" }, "the name .assay is Assay's own"],
  ])("is refused with %s", async (_, file, message) => {
    const work = await createWork({});
    await mkdir(join(work.folder, "lib"));
    await expect(makePackage({ ...work, files: [file] }, files)).rejects.toThrow(message);
  });

  it("is refused when it is larger than a cluster takes", async () => {
    const work = await createWork({ "data.bin": "" });
    // Holes are read as zeros.
    await truncate(join(work.folder, "data.bin"), 1_100 * 1_024 ** 2);
    await expect(makePackage(work, files)).rejects.toThrow("a Ray cluster takes 100 MiB");
  });
});

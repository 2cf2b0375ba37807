import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** A repository with the files that a release changes. */
function createRepository(changelog: string) {
  const folder = mkdtempSync(join(tmpdir(), "assay-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, ".github", "workflows"), { recursive: true });
  for (const file of [
    "package.json",
    "package-lock.json",
    ".github/workflows/model-ci.yml",
    ".github/workflows/model-ci-app.yml",
  ])
    cpSync(join(root, file), join(folder, file));
  writeFileSync(join(folder, "CHANGELOG.md"), changelog);
  const env = {
    PATH: process.env["PATH"],
    ...Object.fromEntries(
      ["AUTHOR", "COMMITTER"].flatMap((who) => [
        [`GIT_${who}_NAME`, "release"],
        [`GIT_${who}_EMAIL`, "release@localhost"],
      ]),
    ),
  };
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, env, encoding: "utf8" }).trim();
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "first");
  const release = (version: string) =>
    spawnSync(process.execPath, [join(root, "scripts", "release.ts"), version], { cwd: folder, env, encoding: "utf8" });
  return { folder, git, release };
}

const changelog = "# Changelog\n\n## Unreleased\n- Something new.\n\n## 0.0.1 (2026-01-01)\n- First.\n";

describe("a release", () => {
  it("is two commits: the actions, then the workflows that pin them", () => {
    const { folder, git, release } = createRepository(changelog);
    expect(release("v1.2.3").stdout).toContain("git push --atomic origin main v1.2.3");
    expect(git("log", "--format=%s").split("\n")).toEqual(["v1.2.3: the workflows that pin them", "v1.2.3: actions", "first"]);
    const workflows = [".github/workflows/model-ci-app.yml", ".github/workflows/model-ci.yml"];
    for (const path of workflows) {
      const pins = [...readFileSync(join(folder, path), "utf8").matchAll(/assay-ml\/assay\/actions\/\w+@(\S+) # (\S+)/g)];
      expect(pins.length).toBeGreaterThan(3);
      for (const [, commit, version] of pins) expect([commit, version]).toEqual([git("rev-parse", "HEAD~1"), "v1.2.3"]);
    }
    expect(git("diff", "--name-only", "HEAD~1", "HEAD").split("\n")).toEqual(workflows);
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version).toBe("1.2.3");
    expect(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages[""].version).toBe("1.2.3");
  });

  it("has a tag of its own, and the major tag moves to it", () => {
    const { git, release } = createRepository(changelog);
    release("v1.2.3");
    const first = git("rev-parse", "v1^{commit}");
    expect(first).toBe(git("rev-parse", "v1.2.3^{commit}"));
    writeFileSync(join(git("rev-parse", "--show-toplevel"), "CHANGELOG.md"), changelog);
    git("commit", "--quiet", "--all", "--message", "more");
    release("v1.3.0");
    expect(git("rev-parse", "v1^{commit}")).toBe(git("rev-parse", "v1.3.0^{commit}"));
    expect(git("rev-parse", "v1.2.3^{commit}")).toBe(first);
  });

  it("keeps what was released before in the changelog", () => {
    const { folder, release } = createRepository(changelog);
    release("v1.2.3");
    const day = new Date().toISOString().slice(0, 10);
    expect(readFileSync(join(folder, "CHANGELOG.md"), "utf8")).toBe(
      `# Changelog\n\n## Unreleased\n\n## 1.2.3 (${day})\n- Something new.\n\n## 0.0.1 (2026-01-01)\n- First.\n`,
    );
  });

  it.each([
    ["1.2", changelog, '"1.2" is no version'],
    ["v1.2.3", "# Changelog\n\n## Unreleased\n\n## 0.0.1\n- First.\n", "says nothing under"],
  ])("of %s is refused with the reason, and changes nothing", (version, text, reason) => {
    const { git, release } = createRepository(text);
    const { status, stderr } = release(version);
    expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
    expect(git("log", "--format=%s")).toBe("first");
    expect(git("tag")).toBe("");
    expect(git("status", "--porcelain")).toBe("");
  });

  it("is made once, and only of what is committed", () => {
    const { folder, release } = createRepository(changelog);
    expect(release("v1.2.3").status).toBe(0);
    expect(release("v1.2.3").stderr).toContain("A version is released once");
    writeFileSync(join(folder, "new.txt"), "");
    expect(release("v1.2.4").stderr).toContain("not committed");
  });
});

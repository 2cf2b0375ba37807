import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePath } from "../../src/demo/team.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { createFacts } from "../release/create-facts.ts";
import { createShipped } from "../release/shipped-folder.ts";
import { skipWithout } from "../requirements.ts";

const main = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
const python = spawnSync("python", ["-c", "import sklearn, skl2onnx"], { encoding: "utf8" });
const withoutPython = skipWithout(
  "python",
  "the Python example trained again",
  python.status === 0 ? undefined : "python with the packages of examples/breast-cancer-python/requirements.txt was not found.",
);

/** A repository of the example, whose model was trained and evaluated and is tagged and released as v1.0.0. */
async function release(example: string) {
  const folder = mkdtempSync(join(tmpdir(), "assay-rerun-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(examplePath(example), folder, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=manager", "-c", "user.email=manager@localhost", ...args], {
      stdio: "pipe",
    });
  const assay = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, "--json"], { cwd: folder, encoding: "utf8" });
    return { status, stderr, said: stdout === "" ? undefined : JSON.parse(stdout) };
  };
  const commit = (message: string) => {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  };
  git("init", "-q", "-b", "main");
  commit("First");
  const trained = assay("train");
  expect(trained.status, trained.stderr).toBe(0);
  const evaluated = assay("evaluate");
  expect(evaluated.status, evaluated.stderr).toBe(0);
  const evidence: Evidence = evaluated.said.evidence[0];
  const tag = (force: string[] = []) => {
    git("tag", ...force, "-a", `${evidence.model}@v1.0.0`, "-m", "Release");
    const object = git("rev-parse", `${evidence.model}@v1.0.0`).toString().trim();
    return { name: `${evidence.model}@v1.0.0`, object, content: git("cat-file", "tag", object) };
  };
  const head = git("rev-parse", "HEAD").toString().trim();
  const models = globSync(join(folder, ".assay", "runs", "assay-run-*", "trainings", "*", "model", "**")).filter((path) =>
    evidence.trainings[0]?.model?.files.some((file) => path.endsWith(`/model/${file.path}`)),
  );
  const content = Object.fromEntries(
    models.map((path) => [relative(path.slice(0, path.indexOf("/model/") + "/model".length), path), readFileSync(path)]),
  );
  const facts = createFacts({ evidence, version: "v1.0.0", commit: head, repository: evidence.source.repository });
  const { folder: released, keyPath } = await createShipped({ facts, content, tag: tag() });
  const verify = () => assay("verify", released, "--key", keyPath, "--rerun");
  return { folder, verify, commit, tag };
}

describe.each([
  { example: "penguins", data: "data/penguins.csv", skip: undefined },
  { example: "breast-cancer-python", data: "data/train.csv", skip: withoutPython },
])("a released version of the example $example", ({ example, data, skip }) => {
  it.skipIf(skip)(
    "comes out the same when it is trained again, and otherwise when a byte of its data was changed",
    async () => {
      const { folder, verify, commit, tag } = await release(example);
      const again = verify();
      expect(again.status, again.stderr).toBe(0);
      expect(again.said).toMatchObject({ outcome: "holds", rerun: { outcome: "bit-identical", differences: [] } });

      const path = join(folder, data);
      const bytes = readFileSync(path);
      const at = bytes.lastIndexOf("5");
      bytes[at] = "6".charCodeAt(0);
      writeFileSync(path, bytes);
      commit("One byte");
      tag(["-f"]);
      const moved = verify();
      expect(moved.status, moved.stderr).toBe(1);
      const { outcome, differences } = moved.said.rerun;
      expect(outcome).toBe("diverged");
      expect(differences[0]).toMatch(
        /^tag \w+@v1\.0\.0: [0-9a-f]{12} was released, this clone has [0-9a-f]{12}: somebody moved it$/,
      );
      expect(differences[1]).toMatch(/^input data .+: git:[0-9a-f]{12}… is recorded, git:[0-9a-f]{12}… now$/);
      expect(differences[1]).toContain(data);
      expect(moved.said.wrong).toEqual([`Training again gave something else: ${differences.join("; ")}.`]);
    },
    300_000,
  );
});

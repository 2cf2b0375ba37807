/**
 * Makes a release on the current branch, as two commits: the actions with their version, and then the reusable workflows, which
 * can only now name the first by its commit. The version's tag and the moving major tag point at the second. Nothing is pushed.
 *
 *   node scripts/release.ts v1.2.3
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changelogOf, pinWorkflow, versionOf } from "./release-texts.ts";

const root = process.cwd();
const workflows = ["model-ci.yml", "model-ci-app.yml"].map((name) => join(root, ".github", "workflows", name));

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

function release(argument: string): void {
  const version = versionOf(argument);
  if (git("status", "--porcelain") !== "") throw new Error("There are changes that are not committed. Commit them first.");
  if (git("tag", "--list", `v${version}`) !== "") throw new Error(`v${version} is there already. A version is released once.`);
  const day = new Date().toISOString().slice(0, 10);
  rewrite(join(root, "CHANGELOG.md"), (text) => changelogOf(text, version, day));
  for (const name of ["package.json", "package-lock.json"])
    rewrite(join(root, name), (text) => {
      const manifest = JSON.parse(text);
      manifest.version = version;
      if (manifest.packages?.[""]) manifest.packages[""].version = version;
      return `${JSON.stringify(manifest, null, 2)}\n`;
    });
  git("commit", "--quiet", "--all", "--message", `v${version}: actions`);
  const actions = git("rev-parse", "HEAD");
  for (const workflow of workflows) rewrite(workflow, (text) => pinWorkflow(text, actions, version));
  git("commit", "--quiet", "--all", "--message", `v${version}: the workflows that pin them`);
  git("tag", "--annotate", "--message", `v${version}`, `v${version}`);
  const [major] = version.split(".");
  git("tag", "--force", "--annotate", "--message", `v${version}`, `v${major}`);
  const branch = git("rev-parse", "--abbrev-ref", "HEAD");
  process.stdout.write(
    `v${version} is made. Workflows name it as\n  uses: assay-ml/assay/.github/workflows/model-ci.yml@${git("rev-parse", "HEAD")} # v${version}\n` +
      `Publish it:\n  git push --atomic origin ${branch} v${version} && git push --force origin v${major}\n`,
  );
}

try {
  release(process.argv[2] ?? "");
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

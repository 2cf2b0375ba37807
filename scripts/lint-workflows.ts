/**
 * Lints every workflow and action of this repository, those of the examples and of the documents with them: actionlint and
 * zizmor at its pedantic persona, offline, have nothing to say. Where they are not installed that is said, and is an error only
 * where `ASSAY_REQUIRE` names `workflow-linters`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workflowsOf } from "./workflow-snippets.ts";

const root = join(import.meta.dirname, "..");

/** zizmor ends with 11 to 14 for findings by severity, actionlint with 1; anything else but 0 is trouble of the linter's own. */
const linters = [
  // What runs in `run:` is not linted: shellcheck is not on every machine.
  { name: "actionlint", args: ["-no-color", "-shellcheck=", "-pyflakes="], of: isWorkflow },
  {
    name: "zizmor",
    args: ["--offline", "--pedantic", "--no-config", "--no-progress", "--color=never", "--strict-collection", "--quiet"],
    of: (path: string) => isWorkflow(path) || isAction(path),
  },
];

function isWorkflow(path: string): boolean {
  return /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function isAction(path: string): boolean {
  return /(^|\/)action\.ya?ml$/.test(path);
}

function program(name: string): string | undefined {
  const ours = join(root, ".cache", "tools", "bin", name);
  if (existsSync(ours)) return ours;
  return spawnSync(name, ["--version"]).error ? undefined : name;
}

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed.split("\0").filter((path) => path !== "" && !path.startsWith("dist/") && existsSync(join(root, path)));

const folder = mkdtempSync(join(tmpdir(), "assay-workflows-"));
try {
  mkdirSync(join(folder, ".github", "workflows"), { recursive: true });
  const snippets = files
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => workflowsOf(readFileSync(join(root, path), "utf8")).map(({ line, text }) => ({ path, line, text })))
    .map(({ path, line, text }) => {
      const file = join(folder, ".github", "workflows", `${path.replaceAll("/", "-")}-line-${line}.yml`);
      writeFileSync(file, text);
      return file;
    });
  const all = [...files.filter((path) => isWorkflow(path) || isAction(path)).map((path) => join(root, path)), ...snippets];
  for (const { name, args, of } of linters) {
    const found = program(name);
    if (found === undefined) {
      const reason = `${name} is not installed; \`bash .ci/tools.sh\` installs it.`;
      process.stderr.write(`SKIPPED: workflows are not linted by ${name}, because ${reason}\n`);
      if ((process.env["ASSAY_REQUIRE"] ?? "").split(/[\s,]+/).includes("workflow-linters")) process.exitCode = 1;
      continue;
    }
    const linted = all.filter(of);
    const { status, stdout, stderr } = spawnSync(found, [...args, ...linted], { cwd: root, encoding: "utf8" });
    if (status === 0) process.stdout.write(`${name}: nothing to say on ${linted.length} files\n`);
    else {
      process.stdout.write(`${stdout}${stderr}\n${name} ended with ${status}.\n`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { markdownTable } from "markdown-table";
import { MissingDataError, UsageError } from "../../src/errors/errors.ts";
import { type TimedCommand, timeInTurn } from "./timing.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const gto = resolve(".cache/gto/bin/gto");
const models = 40;
const commits = 125;
const runs = 7;

/** `assay registry show` over 10,000 tags against `gto show` and git's own listing of the same repository: whole processes. */
export default { name: "registry", run };

async function run(): Promise<void> {
  if (!existsSync(cli)) throw new UsageError(`${cli} is not there. Run \`npm run generate\` first.`);
  if (!existsSync(gto))
    throw new MissingDataError("GTO is not installed here: run `bash .ci/python-tool.sh gto`, which needs Python.");
  const cwd = mkdtempSync(join(tmpdir(), "assay-bench-registry-"));
  try {
    const count = writeTags(cwd);
    const own: TimedCommand = { name: "assay", file: process.execPath, args: [cli, "registry", "show", "--json"], cwd };
    const git: TimedCommand = {
      name: "git",
      file: "git",
      args: ["for-each-ref", "--format=%(refname) %(contents)", "refs/tags"],
      cwd,
    };
    const peer: TimedCommand = { name: "gto", file: gto, args: ["show", "--json"], cwd };
    const timed = timeInTurn([git, own], runs);
    const theirs = timeInTurn([peer], 1, 0).get("gto")?.median ?? Number.NaN;
    const ours = timed.get("assay")?.median ?? Number.NaN;
    const bound = timed.get("git")?.median ?? Number.NaN;
    const rows = [
      ["git for-each-ref", bound.toFixed(0), (bound / ours).toFixed(2)],
      ["assay registry show", ours.toFixed(0), "1.00"],
      ["gto show", theirs.toFixed(0), (theirs / ours).toFixed(1)],
    ];
    process.stdout.write(
      `${count.toLocaleString("en")} tags of ${models} models, whole process, median of ${runs} (gto: once)\n\n`,
    );
    process.stdout.write(`${markdownTable([["", "ms", "of Assay's"], ...rows], { align: ["l", "r", "r"] })}\n`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Each version of each model at a commit of its own, and in a stage. */
function writeTags(cwd: string): number {
  const git = (...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8", env: environment }).trim();
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(cwd, ".git", "made"));
  const tags = Array.from({ length: commits }, (_, at) => {
    git("commit", "--quiet", "--allow-empty", "--message", `change ${at}`);
    const commit = git("rev-parse", "HEAD");
    const names = Array.from({ length: models }, (_, model) => [
      `model${model}@v0.${at}.0`,
      `model${model}#stage${at % 3}#${at + 1}`,
    ]);
    return names.flat().map((name) => ({ name, commit, time: 1_777_886_400 + at }));
  }).flat();
  const paths = tags.map(({ name, commit, time }, at) => {
    const text = `object ${commit}\ntype commit\ntag ${name}\ntagger A <a@example.com> ${time} +0000\n\n${name}\n`;
    writeFileSync(join(cwd, ".git", "made", String(at)), text);
    return `.git/made/${at}`;
  });
  const ids = git("hash-object", "-t", "tag", "-w", ...paths).split("\n");
  writeFileSync(join(cwd, ".git", "packed-refs"), tags.map(({ name }, at) => `${ids[at]} refs/tags/${name}\n`).join(""));
  git("gc", "--quiet");
  return tags.length;
}

const environment = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_AUTHOR_NAME: "A", GIT_AUTHOR_EMAIL: "a@example.com" },
  ...{ GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@example.com" },
};

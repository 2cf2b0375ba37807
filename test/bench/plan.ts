import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { UsageError } from "../../src/errors/errors.ts";
import { type TimedCommand, timeInTurn } from "./timing.ts";

const cli = join(import.meta.dirname, "..", "..", "dist", "cli.js");
const folders = 500;
const filesPerFolder = 200;
const runs = 9;
const limit = 2;

/** `assay plan` over 100,000 tracked files against `git status` of the same repository: whole processes, in turn. */
export default { name: "plan", run };

async function run(): Promise<void> {
  if (!existsSync(cli)) throw new UsageError(`${cli} is not there. Run \`npm run generate\` first.`);
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-plan-"));
  try {
    for (const scenario of scenarios) scenario.prepare(join(folder, scenario.name));
    const rows = scenarios.map(({ name, what }) => {
      const cwd = join(folder, name);
      const commands: TimedCommand[] = [
        { name: "git status", file: "git", args: ["status"], cwd },
        { name: "assay plan", file: process.execPath, args: [cli, "plan"], cwd },
      ];
      const timed = timeInTurn(commands, runs, 2);
      const status = timed.get("git status")?.median ?? Number.NaN;
      const plan = timed.get("assay plan")?.median ?? Number.NaN;
      const ratio = plan / status;
      return [what, status.toFixed(0), plan.toFixed(0), `${ratio.toFixed(2)}${ratio <= limit ? "" : ` > ${limit}`}`];
    });
    const table = markdownTable([["repository", "git status, ms", "assay plan, ms", "ratio"], ...rows], {
      align: ["l", "r", "r", "r"],
    });
    process.stdout.write(
      `${(folders * filesPerFolder).toLocaleString("en")} tracked files, whole process, median of ${runs}; limit ${limit}\n\n`,
    );
    process.stdout.write(`${table}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Scenario {
  name: string;
  what: string;
  prepare(folder: string): void;
}

const scenarios: readonly Scenario[] = [
  {
    name: "folders",
    what: "a model in a folder, one data byte changed by the last commit",
    prepare(folder) {
      create(folder, "pkg0/dir0");
      change(folder, "pkg0/dir0/train.csv");
      commit(folder);
    },
  },
  {
    name: "unchanged",
    what: "a model whose code is every file, unchanged",
    prepare(folder) {
      create(folder, ".");
      change(folder, "README.md");
      commit(folder);
    },
  },
  {
    name: "committed",
    what: "a model whose code is every file, one changed by the last commit",
    prepare(folder) {
      create(folder, ".");
      change(folder, "pkg1/dir1/file_7.py");
      commit(folder);
    },
  },
  {
    name: "uncommitted",
    what: "a model whose code is every file, one changed and not committed",
    prepare(folder) {
      create(folder, ".");
      change(folder, "pkg1/dir1/file_7.py");
    },
  },
];

function create(folder: string, workingDirectory: string): void {
  for (let index = 0; index < folders; index += 1) {
    const path = join(folder, `pkg${index % 10}`, `dir${index}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesPerFolder; file += 1)
      writeFileSync(join(path, `file_${file}.py`), `x = ${index * filesPerFolder + file}\n`);
  }
  for (const name of ["train.csv", "test.csv", "train.py"]) writeFileSync(join(folder, workingDirectory, name), "x,y\n1,1\n");
  writeFileSync(
    join(folder, "assay.yml"),
    `version: 1\nmodels:\n  m:\n    task: regression\n    train: {run: python train.py, working-directory: ${workingDirectory}, ` +
      "inputs: {data: [train.csv]}, outputs: {model: m.onnx}}\n    evaluate: {data: test.csv, target: y, predict: {onnx: m.onnx}}\n",
  );
  git(folder, "init", "--quiet", "--initial-branch=main");
  commit(folder);
}

function change(folder: string, path: string): void {
  appendFileSync(join(folder, path), "changed\n");
}

function commit(folder: string): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "change");
  // A clone's objects lie in a pack.
  git(folder, "repack", "-a", "-d", "--quiet");
}

function git(folder: string, ...args: readonly string[]): void {
  const identity = [
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@localhost",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
  ];
  const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: folder });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
}

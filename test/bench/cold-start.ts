import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { type TimedCommand, timeInTurn } from "./timing.ts";

const root = join(import.meta.dirname, "..", "..");
const dist = join(root, "dist");
const runs = 15;

/** Each action with trivial input against `node -e 0`: what a job pays before anything is done. */
export default { name: "cold-start", run };

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-cold-start-"));
  try {
    const environment = trivialRun(folder);
    const commands: TimedCommand[] = [{ name: "node -e 0", file: process.execPath, args: ["-e", "0"] }];
    for (const [action, { env, exitCode }] of Object.entries(environment))
      commands.push({ name: action, file: process.execPath, args: [join(dist, `${action}.js`)], cwd: folder, env, exitCode });
    const timed = timeInTurn(commands, runs, 2);
    const floor = timed.get("node -e 0")?.median ?? Number.NaN;
    const rows = [...timed].map(([name, { median }]) => [name, median.toFixed(0), (median / floor).toFixed(1)]);
    process.stdout.write(`Cold start, whole process, median of ${runs}\n\n`);
    process.stdout.write(`${markdownTable([["action", "ms", "× node -e 0"], ...rows], { align: ["l", "r", "r"] })}\n\n`);
    process.stdout.write(`${bundleSizes()}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A pull request that changes words: one model, unchanged, and a plan in which nothing has to be done. */
function trivialRun(folder: string): Record<string, { env: NodeJS.ProcessEnv; exitCode: number }> {
  const git = (...args: string[]) =>
    spawnSync("git", ["-C", folder, "-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args]);
  writeFileSync(join(folder, "train.py"), "print('trained')\n");
  writeFileSync(
    join(folder, "assay.yml"),
    "version: 1\nmodels:\n  m:\n    task: regression\n    train: {run: python train.py, outputs: {model: m.onnx}}\n" +
      "    evaluate: {data: t.csv, target: y, predict: {onnx: m.onnx}}\n    gates: [{metric: r2, at-least: 0}]\n",
  );
  writeFileSync(join(folder, "t.csv"), "x,y\n1,1\n");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "first");
  writeFileSync(join(folder, "README.md"), "words\n");
  git("add", "-A");
  git("commit", "-qm", "second");
  const [head = "", base = ""] = String(git("rev-list", "HEAD").stdout).trim().split("\n");
  const event = join(folder, ".git", "event.json");
  const repo = { id: 1 };
  const pullRequest = {
    number: 1,
    title: "words",
    head: { sha: head, ref: "words", repo },
    base: { sha: base, ref: "main", repo },
  };
  writeFileSync(event, JSON.stringify({ pull_request: pullRequest, repository: { name: "r", owner: { login: "o" } } }));
  const common = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    GITHUB_WORKSPACE: folder,
    GITHUB_REPOSITORY: "o/r",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: event,
    GITHUB_SHA: head,
    GITHUB_RUN_ID: "1",
    GITHUB_RUN_ATTEMPT: "1",
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, ".git", "output"),
    GITHUB_STEP_SUMMARY: join(folder, ".git", "summary"),
  };
  writeFileSync(common.GITHUB_OUTPUT, "");
  writeFileSync(common.GITHUB_STEP_SUMMARY, "");
  spawnSync(process.execPath, [join(dist, "plan.js")], { cwd: folder, env: common });
  const plan = /^plan<<(\S+)\n(.*)\n\1$/m.exec(readFileSync(common.GITHUB_OUTPUT, "utf8"))?.[2] ?? "";
  const withPlan = { ...common, INPUT_PLAN: plan, INPUT_MODEL: "m" };
  return {
    plan: { env: common, exitCode: 0 },
    report: { env: withPlan, exitCode: 0 },
    train: { env: withPlan, exitCode: 0 },
    evaluate: { env: withPlan, exitCode: 0 },
    assay: { env: common, exitCode: 0 },
  };
}

function bundleSizes(): string {
  const files = readdirSync(join(dist, "bundle")).map((name) => ({ name, bytes: statSync(join(dist, "bundle", name)).size }));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = files.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8);
  const rows = largest.map(({ name, bytes }) => [name, `${(bytes / 1024).toFixed(0)} KiB`]);
  const table = markdownTable([["largest chunks of dist/bundle", "size"], ...rows], { align: ["l", "r"] });
  return `${table}\n\n${files.length} files, ${(total / 1024 / 1024).toFixed(1)} MiB in all; a chunk is read when it is used.`;
}

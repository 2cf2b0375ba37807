import { isAbsolute } from "node:path";
import { AssayError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { NoAnswerError, type Processes } from "../../processes/processes.ts";
import type { Spec } from "../../spec/spec.ts";
import { commandEnvironment } from "../../training/command-environment.ts";
import { checkGpus } from "../../training/gpu/preflight.ts";
import { readGpus } from "../../training/gpu/read-gpus.ts";
import { broken, type Finding, fine } from "./finding.ts";

export interface MachineRequest {
  /** Undefined where there is none that can be read. */
  spec: Spec | undefined;
  git: Git;
  files: Files;
  processes: Processes;
  environment: Readonly<Record<string, string | undefined>>;
  /** Tools that the repository's own files need. */
  uses: { dvc: boolean; lfs: boolean };
}

/** `--no-ahead-behind`, `--end-of-options` and porcelain v2 of `git status` came until then. */
const oldestGit = [2, 24] as const;
const oldestNode = 20;
const secondsForGpus = 15;
/** What starts slowly, such as conda, takes a few. */
const secondsForVersion = 10;
const gibibyte = 1024 ** 3;

/** What this machine lacks to train and evaluate the models of the repository. Ends nothing and installs nothing. */
export async function checkMachine(request: MachineRequest): Promise<readonly Finding[]> {
  const tools = await Promise.all([
    checkGit(request),
    checkNpm(request),
    ...toolsNeeded(request).map((tool) => checkTool(tool, request)),
  ]);
  return [checkNode(), ...tools, ...(await checkGpu(request)), ...(await checkDisk(request)), ...(await checkToolCache(request))];
}

type Version = { is: string } | "not there" | "hangs";

/** First line of what a program says of itself; one that fails is as good as not there. */
async function versionOf({ processes }: MachineRequest, program: string, ...args: string[]): Promise<Version> {
  try {
    const { exitCode, stdout, stderr } = await processes.capture(program, args, { timeoutSeconds: secondsForVersion });
    return exitCode === 0 ? { is: (stdout.toString("utf8") || stderr).split("\n")[0] ?? "" } : "not there";
  } catch (error) {
    if (error instanceof NoAnswerError) return "hangs";
    if (error instanceof AssayError) return "not there";
    throw error;
  }
}

function hangs(check: string, call: string): Finding {
  const problem = `\`${call}\` did not answer within ${secondsForVersion} seconds.`;
  return broken(
    check,
    problem,
    "Run it by hand and see what it waits for, such as a network drive, a proxy or a wrapper script.",
  );
}

async function checkGit(request: MachineRequest): Promise<Finding> {
  const version = await versionOf(request, "git", "--version");
  if (version === "hangs") return hangs("git", "git --version");
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version === "not there" ? "" : version.is)?.map(Number) ?? [];
  const old = major < oldestGit[0] || (major === oldestGit[0] && minor < oldestGit[1]);
  return old
    ? broken("git", `git is version ${major}.${minor}; Assay needs ${oldestGit.join(".")}.`, "Install a newer git.")
    : fine("git", `git is version ${major}.${minor}.`);
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  return major < oldestNode
    ? broken("node", `Node is version ${process.versions.node}; Assay needs ${oldestNode}.`, "Install a newer Node.")
    : fine("node", `Node is version ${process.versions.node}.`);
}

async function checkNpm(request: MachineRequest): Promise<Finding> {
  const version = await versionOf(request, "npm", "--version");
  if (version === "hangs") return hangs("npm", "npm --version");
  return version === "not there"
    ? broken(
        "npm",
        "npm is not there; Parquet and ONNX need native packages, which it installs.",
        "Install Node with its npm (actions/setup-node on a runner).",
      )
    : fine("npm", `npm is version ${version.is}.`);
}

interface Tool {
  check: string;
  program: string;
  args: readonly string[];
  why: string;
  fix: string;
}

function toolsNeeded({ uses, spec }: MachineRequest): Tool[] {
  const models = [...(spec?.models.values() ?? [])];
  const commands = models.flatMap(({ train, evaluate }) => [
    ...train.setup,
    train.trainer.kind === "command" ? train.trainer.run : "",
    evaluate.predict.kind === "command" ? evaluate.predict.run : "",
  ]);
  const words = new Set(
    commands.flatMap((command) => command.split(/&&|\|\||[;|\n]/).map((part) => part.trim().split(/\s+/)[0] ?? "")),
  );
  const tools: Tool[] = [];
  if (uses.dvc || words.has("dvc"))
    tools.push({
      check: "dvc",
      program: "dvc",
      args: ["--version"],
      why: "the repository keeps data by DVC",
      fix: "`pip install dvc` with the extra of its remote, such as dvc[s3].",
    });
  if (uses.lfs)
    tools.push({
      check: "git-lfs",
      program: "git",
      args: ["lfs", "version"],
      why: "the repository keeps files by git LFS",
      fix: "Install git-lfs, then `git lfs install && git lfs pull`.",
    });
  for (const program of ["python", "python3", "Rscript", "uv", "poetry", "conda", "ipython"])
    if (words.has(program))
      tools.push({
        check: program,
        program,
        args: ["--version"],
        why: "assay.yml calls it",
        fix: `Install ${program}, or activate the environment that has it.`,
      });
  return tools;
}

async function checkTool({ check, program, args, why, fix }: Tool, request: MachineRequest): Promise<Finding> {
  const version = await versionOf(request, program, ...args);
  if (version === "hangs") return hangs(check, [program, ...args].join(" "));
  return version === "not there"
    ? broken(check, `${check} is not on this machine, and ${why}.`, fix)
    : fine(check, `${check} is there: ${version.is}.`);
}

const gpuLabel = /gpu|cuda|nvidia|^[ahlv]\d{2,3}$/i;

async function checkGpu({ spec, processes, environment }: MachineRequest): Promise<readonly Finding[]> {
  const wanting = [...(spec?.models.values() ?? [])].filter(
    ({ train }) => train.gpus !== undefined || train.runner.some((label) => gpuLabel.test(label)),
  );
  if (wanting.length === 0) return [];
  const gpus = Math.max(...wanting.map(({ train }) => train.gpus ?? 1));
  const memories = wanting.flatMap(({ train }) => train.gpuMemory ?? []);
  const state = await readGpus(processes, { seconds: secondsForGpus, env: commandEnvironment({ environment, declared: {} }) });
  const needs = { gpus, memory: memories.length > 0 ? Math.max(...memories) : undefined };
  const { problems } = checkGpus(needs, state, environment["CUDA_VISIBLE_DEVICES"]);
  const names = wanting.map(({ name }) => name).join(", ");
  if (problems.length === 0) return [fine("gpu", `The GPUs that ${names} needs are there and free.`)];
  return [
    broken(
      "gpu",
      `${names}: ${problems.join(" ")}`,
      "Do what it says; where another machine trains, look here with --no-machine, and there without.",
    ),
  ];
}

async function checkDisk({ git, files, environment }: MachineRequest): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const folder of new Set([git.root, environment["RUNNER_TEMP"] || git.root])) {
    const free = await files.freeBytes(folder);
    const amount = `${folder} has ${(free / gibibyte).toFixed(1)} GiB of free disk space`;
    findings.push(
      free < gibibyte
        ? broken("disk", `${amount}, and a training wants at least 1 GiB.`, "Free some.")
        : fine("disk", `${amount}.`),
    );
  }
  return findings;
}

async function checkToolCache({ files, environment }: MachineRequest): Promise<readonly Finding[]> {
  const folder = environment["RUNNER_TOOL_CACHE"];
  if (!folder) return [];
  if (isAbsolute(folder) && (await files.mayWrite(folder))) return [fine("tool cache", `${folder} can be written to.`)];
  return [
    broken(
      "tool cache",
      `The runner's tool cache ${folder} ${isAbsolute(folder) ? "cannot be written to" : "is no absolute path"}; native packages go there.`,
      "Give the runner's account write access to it, or set RUNNER_TOOL_CACHE to a folder that it may write.",
    ),
  ];
}

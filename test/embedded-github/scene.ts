import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "octokit";
import type { Permissions } from "../../src/embedded-github/embedded-github.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

const run = promisify(execFile);

export const repository = "octo/demo";
export const inDemo = { owner: "octo", repo: "demo" };
export const everything: Permissions = {
  actions: "write",
  checks: "write",
  contents: "write",
  issues: "write",
  "pull-requests": "write",
};

/** A checked GitHub with the repository octo/demo: `main` with one commit, `feature` with one more, `locked` protected. */
export interface Scene {
  github: CheckedGitHub;
  octokit: Octokit;
  work: WorkTree;
  repositoryId: number;
  mainSha: string;
  featureSha: string;
  as(permissions: Permissions, kind?: "workflow" | "user", login?: string, inRepository?: string): Octokit;
  close(): Promise<void>;
}

export interface WorkTree {
  folder: string;
  git(...args: string[]): Promise<string>;
  gitWithInput(input: string, ...args: string[]): Promise<string>;
  remove(): Promise<void>;
  /** Writes the files, commits and pushes to the branch. @returns the commit's id */
  push(branch: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string>;
}

export async function createScene({
  protectedBranches = ["locked"],
}: {
  protectedBranches?: readonly string[];
} = {}): Promise<Scene> {
  const github = await startCheckedGitHub();
  const { id: repositoryId, gitFolder } = await github.createRepository({
    owner: "octo",
    name: "demo",
    protectedBranches,
    collaborators: { reviewer: "write", triager: "triage" },
  });
  const work = await createWorkTree(gitFolder);
  const mainSha = await work.push("main", { "README.md": "# demo\n", "data/train.csv": "id,x\n1,2\n" });
  await work.git("push", "--quiet", "origin", "main:locked");
  await work.git("checkout", "--quiet", "-b", "feature", "main");
  const featureSha = await work.push("feature", { "data/train.csv": "id,x\n1,2\n2,3\n", "data/new file.csv": "id\n" });
  const as: Scene["as"] = (permissions, kind = "workflow", login = "octo", inRepository = repository) =>
    new Octokit({
      auth: github.tokenFor({ repository: inRepository, permissions, kind, login }),
      baseUrl: github.url,
      retry: { enabled: false },
      throttle: { enabled: false },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  return {
    github,
    octokit: as(everything),
    work,
    repositoryId,
    mainSha,
    featureSha,
    as,
    close: async () => {
      await work.remove();
      await github.close();
    },
  };
}

export async function createWorkTree(gitFolder: string): Promise<WorkTree> {
  const folder = await mkdtemp(join(tmpdir(), "assay-test-work-"));
  const identity = ["-c", "user.name=dev", "-c", "user.email=dev@example.org", "-c", "commit.gpgsign=false"];
  const git = async (...args: string[]) => (await run("git", [...identity, ...args], { cwd: folder })).stdout.trim();
  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", gitFolder);
  return {
    folder,
    git,
    gitWithInput: async (input, ...args) => execFileSync("git", args, { cwd: folder, input }).toString().trim(),
    remove: () => rm(folder, { recursive: true, force: true }),
    push: async (branch, files) => {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "--message", `Change ${branch}`);
      await git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
      return git("rev-parse", "HEAD");
    },
  };
}

/** What an error of Octokit says: status and GitHub's own words. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number")
      return { status: error.status, message: error.message };
    throw error;
  }
  throw new Error("the call was not refused");
}

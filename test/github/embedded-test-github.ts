import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";
import type { TestGitHub } from "./test-github.ts";

export interface EmbeddedTestGitHub extends TestGitHub {
  signPushed(sha: string): void;
  embedded: CheckedGitHub;
  repositoryId: number;
  /** The bare repository, to push to. */
  gitFolder: string;
}

/** Our own embedded GitHub, held against GitHub's description of its API; `token` is a workflow's. */
export async function startEmbeddedTestGitHub(): Promise<EmbeddedTestGitHub> {
  const embedded = await startCheckedGitHub();
  const { id, gitFolder } = await embedded.createRepository({
    owner: "acme",
    name: "models",
    protectedBranches: ["release"],
    collaborators: { other: "write" },
  });
  const { mainSha, headSha } = pushBranches(gitFolder);
  const { number } = await embedded.createPullRequest({
    repository: "acme/models",
    title: "Change the data",
    headRef: "change",
    baseRef: "main",
    author: "other",
  });
  const repository = "acme/models";
  const write = { checks: "write", contents: "write", issues: "write", "pull-requests": "write", actions: "read" } as const;
  return {
    embedded,
    repositoryId: id,
    gitFolder,
    apiUrl: embedded.url,
    repository: { owner: "acme", name: "models" },
    token: embedded.tokenFor({ repository, permissions: write, kind: "workflow" }),
    otherToken: embedded.tokenFor({ repository, permissions: write, kind: "user", login: "other" }),
    signPushed: (sha) => embedded.signPushed(sha),
    login: "github-actions[bot]",
    pullRequest: number,
    mainSha,
    headSha,
    tokenWith: (permissions) => embedded.tokenFor({ repository, permissions, kind: "workflow" }),
    close: () => embedded.close(),
  };
}

function pushBranches(gitFolder: string): { mainSha: string; headSha: string } {
  const folder = mkdtempSync(join(tmpdir(), "assay-test-clone-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=other", "-c", "user.email=other@example.com", ...args], { cwd: folder })
      .toString()
      .trim();
  try {
    git("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(folder, "README.md"), "Models\n");
    git("add", ".");
    git("commit", "--quiet", "-m", "Begin");
    git("branch", "release");
    git("checkout", "--quiet", "-b", "change");
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "train.csv"), "a,b\n");
    git("add", ".");
    git("commit", "--quiet", "-m", "Change the data");
    git("push", "--quiet", gitFolder, "main", "change", "release");
    return { mainSha: git("rev-parse", "main"), headSha: git("rev-parse", "change") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

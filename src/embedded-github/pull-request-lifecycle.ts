import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { commitAsGitHub } from "./authorship.ts";
import { readCommit, resolveCommit, writeCommit } from "./git/commits.ts";
import { commitsBetween, mergeBaseOf } from "./git/history.ts";
import { moveRef, setRef } from "./git/refs.ts";
import type { GitRepository } from "./git/repository.ts";
import { findRepository, type PullRequest, type Repository, type State, timestamp, userOf } from "./state.ts";

export interface PullRequestRequest {
  /** `owner/name` of the base repository. */
  repository: string;
  title: string;
  body?: string | undefined;
  headRef: string;
  baseRef: string;
  author: string;
  /** `owner/name` of the fork that the head lies in; default the base repository. */
  headRepository?: string | undefined;
  draft?: boolean | undefined;
  labels?: readonly string[] | undefined;
}

export interface PullRequestShas {
  number: number;
  headSha: string;
  headRef: string;
  baseSha: string;
  /** The test merge, `refs/pull/N/merge`. */
  mergeSha: string;
  createdAt: string;
}

/** Opens a pull request. Throws when head and base conflict: there is no test merge then. */
export async function openPullRequest(state: State, request: PullRequestRequest): Promise<PullRequestShas> {
  const repository = knownRepository(state, request.repository);
  userOf(state, request.author);
  const now = timestamp();
  const pull: PullRequest = {
    id: state.nextId(),
    number: state.nextNumber(),
    repository,
    headRepository: knownRepository(state, request.headRepository ?? request.repository),
    title: request.title,
    body: request.body ?? null,
    author: request.author,
    draft: request.draft ?? false,
    labels: (request.labels ?? []).map((name) => ({
      id: state.nextId(),
      repository,
      name: name.toWellFormed(),
      color: "ededed",
      description: null,
    })),
    headRef: request.headRef,
    headSha: "",
    baseRef: request.baseRef,
    baseSha: "",
    mergeCommitSha: "",
    mergedCommits: [],
    mergedAt: null,
    mergedBy: null,
    closedAt: null,
    createdAt: now,
    updatedAt: now,
    events: [],
  };
  const shas = await synchronise(pull);
  state.pullRequests.set(pull.number, pull);
  return shas;
}

/** After a push to either branch: the new head, base and test merge. */
export async function synchronise(pull: PullRequest): Promise<PullRequestShas> {
  const { git } = pull.repository;
  const headRef = `refs/pull/${pull.number}/head`;
  if (pull.headRepository === pull.repository) {
    await setRef(git, headRef, await branchTip(pull.repository, `refs/heads/${pull.headRef}`));
  } else {
    await git.run(["fetch", "--quiet", "--no-tags", pull.headRepository.git.folder, `+refs/heads/${pull.headRef}:${headRef}`]);
  }
  pull.headSha = await branchTip(pull.repository, headRef);
  pull.baseSha = await branchTip(pull.repository, `refs/heads/${pull.baseRef}`);
  const tree = await mergeTree(git, pull.baseSha, pull.headSha);
  const message = `Merge ${pull.headSha} into ${pull.baseSha}`;
  pull.mergeCommitSha = await writeCommit(git, { tree, parents: [pull.baseSha, pull.headSha], message });
  await setRef(git, `refs/pull/${pull.number}/merge`, pull.mergeCommitSha);
  pull.updatedAt = timestamp();
  const { number, headSha, baseSha, mergeCommitSha, createdAt } = pull;
  return { number, headSha, headRef: pull.headRef, baseSha, mergeSha: mergeCommitSha, createdAt };
}

/** Merges into the base branch as it is now. @returns the commit that the base branch got */
export async function merge(state: State, pull: PullRequest, method: "merge" | "squash", mergedBy: string): Promise<string> {
  const { git } = pull.repository;
  if (pull.closedAt !== null) throw new Error(`Pull request ${pull.number} is closed already.`);
  const { baseSha, headSha, number, title } = await synchronise(pull).then((shas) => ({ ...shas, title: pull.title }));
  const tree = await mergeTree(git, baseSha, headSha);
  const commit = await commitAsGitHub(state, pull.repository, method === "merge" ? mergedBy : pull.author, {
    tree,
    parents: method === "merge" ? [baseSha, headSha] : [baseSha],
    message:
      method === "merge"
        ? `Merge pull request #${number} from ${pull.headRepository.owner}/${pull.headRef}\n\n${title}`
        : `${title} (#${number})`,
  });
  pull.mergedCommits = method === "merge" ? await commitsBetween(git, baseSha, headSha) : [];
  await moveRef(git, `refs/heads/${pull.baseRef}`, commit, baseSha);
  pull.mergeCommitSha = commit;
  pull.mergedBy = mergedBy;
  pull.mergedAt = timestamp();
  pull.closedAt = pull.mergedAt;
  pull.updatedAt = pull.mergedAt;
  return commit;
}

/** The merge queue's commit: the pull request merged into the base branch as it is now, on a branch of its own. */
export async function queueMerge(pull: PullRequest) {
  const { git } = pull.repository;
  const baseSha = await branchTip(pull.repository, pull.baseRef);
  const tree = await mergeTree(git, baseSha, pull.headSha);
  const message = `Merge pull request #${pull.number} from ${pull.headRepository.owner}/${pull.headRef}\n\n${pull.title}`;
  const headSha = await writeCommit(git, { tree, parents: [baseSha, pull.headSha], message });
  const headRef = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${baseSha}`;
  await setRef(git, headRef, headSha);
  return { headSha, headRef, baseSha, baseRef: `refs/heads/${pull.baseRef}` };
}

export function knownRepository(state: State, fullName: string): Repository {
  const repository = findRepository(state, fullName);
  if (!repository) throw new Error(`There is no repository ${fullName} on the embedded GitHub; create it first.`);
  return repository;
}

async function branchTip(repository: Repository, ref: string): Promise<string> {
  const commit = await resolveCommit(repository.git, ref.startsWith("refs/") ? ref : `refs/heads/${ref}`);
  if (commit === undefined) throw new Error(`${repository.fullName} has no branch ${ref}; push it first.`);
  return commit;
}

/** Tree of the merge; git is asked only where both sides changed something. Before 2.38 it needs a work tree for it. */
async function mergeTree(git: GitRepository, base: string, head: string): Promise<string> {
  const common = await mergeBaseOf(git, base, head);
  if (common === base || common === head) return (await readCommit(git, common === base ? head : base)).tree;
  const tree = await git.ask(["merge-tree", "--write-tree", base, head]);
  return tree ?? mergeInWorkTree(git, base, head);
}

async function mergeInWorkTree(git: GitRepository, base: string, head: string): Promise<string> {
  const folder = await mkdtemp(join(git.folder, "merge-"));
  const cwd = join(folder, "tree");
  try {
    await git.run(["worktree", "add", "--quiet", "--detach", cwd, base]);
    await git.run(["merge", "--quiet", "--no-commit", "--no-ff", head], cwd);
    return (await git.run(["write-tree"], cwd)).toString("utf8").trim();
  } finally {
    await git.ask(["worktree", "remove", "--force", cwd]);
    await rm(folder, { recursive: true, force: true });
  }
}

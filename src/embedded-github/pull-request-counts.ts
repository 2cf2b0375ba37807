import { diffCommits } from "./git/diff.ts";
import { commitsBetween, mergeBaseOf } from "./git/history.ts";
import type { PullRequest, State } from "./state.ts";
import type { PullRequestCounts } from "./views/pull-requests.ts";

export async function countsOf(state: State, pull: PullRequest): Promise<PullRequestCounts> {
  const files = await changedFiles(pull);
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    additions: sum(files.map((file) => file.additions)),
    deletions: sum(files.map((file) => file.deletions)),
    changedFiles: files.length,
    commits: (await commitsBetween(pull.repository.git, pull.baseSha, pull.headSha)).length,
    comments: [...state.comments.values()].filter((comment) => comment.number === pull.number).length,
  };
}

export async function changedFiles(pull: PullRequest) {
  const { git } = pull.repository;
  const mergeBase = await mergeBaseOf(git, pull.baseSha, pull.headSha);
  return diffCommits(git, mergeBase ?? pull.baseSha, pull.headSha);
}

export interface PullRequest {
  number: number;
  title: string;
  state: "open" | "closed";
  merged: boolean;
  draft: boolean;
  author: string;
  head: { sha: string; ref: string; repositoryId: number | undefined; repository: string | undefined };
  base: { sha: string; ref: string; repositoryId: number };
  mergeCommitSha: string | undefined;
}

export interface PullRequests {
  get(number: number): Promise<PullRequest>;
  /** Pull requests that brought the commit to the default branch, or contain it. */
  listForCommit(sha: string): Promise<readonly PullRequest[]>;
}

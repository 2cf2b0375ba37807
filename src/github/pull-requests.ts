export interface PullRequest {
  number: number;
  title: string;
  state: "open" | "closed";
  merged: boolean;
  draft: boolean;
  author: string;
  head: { sha: string; ref: string; repositoryId?: number | undefined; repository?: string | undefined };
  /** GitHub's `sha` is the branch's tip as it was at the last push to the head. */
  base: { sha: string; ref: string; repositoryId: number };
  mergeCommitSha?: string | undefined;
  labels: readonly string[];
  createdAt: string;
  /** Merged ones are closed too; undefined while it is open. */
  closedAt?: string | undefined;
  /** Of any change to it, a push and another base branch among them. */
  updatedAt: string;
  /** How many comments are in its conversation; undefined in lists. */
  comments?: number | undefined;
}

/** What somebody said of one commit of a pull request. */
export interface Review {
  id: number;
  author: { id: number; login: string };
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  commitSha: string | undefined;
  submittedAt: string;
}

export interface PullRequests {
  get(number: number): Promise<PullRequest>;
  /** Open ones. */
  listOpen(): Promise<readonly PullRequest[]>;
  /** From that branch of that account's repository or fork; open ones, unless closed ones are asked for too. */
  listByHead(owner: string, branch: string, state?: "open" | "all"): Promise<readonly PullRequest[]>;
  /** When it was made to go to another branch, by GitHub's clock, the last one last. */
  baseChanges(number: number): Promise<readonly string[]>;
  /** The event by which the branch last went elsewhere than on, by its id; a head that is back came by one. */
  lastForcePush(number: number): Promise<number | undefined>;
  reviews(number: number): Promise<readonly Review[]>;
  /** Pull requests that brought the commit to the default branch, or contain it. */
  listForCommit(sha: string): Promise<readonly PullRequest[]>;
}

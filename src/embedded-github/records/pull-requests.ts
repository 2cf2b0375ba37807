import type { Label } from "./issues.ts";
import type { Repository } from "./repositories.ts";

export interface PullRequest {
  id: number;
  number: number;
  repository: Repository;
  headRepository: Repository;
  title: string;
  body: string | null;
  author: string;
  draft: boolean;
  labels: readonly Label[];
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  /** The test merge while open (`refs/pull/N/merge`), the commit on the base branch once merged. */
  mergeCommitSha: string;
  /** Commits that the pull request brought, known once it is merged. */
  mergedCommits: readonly string[];
  mergedAt: string | null;
  mergedBy: string | null;
  closedAt: string | null;
  createdAt: string;
  updatedAt: string;
  /** When it was made to go to another branch, or its own went elsewhere than on, and by whom. */
  events: { id: number; event: "base_ref_changed" | "head_ref_force_pushed"; by: string; at: string; commit: string | null }[];
}

export interface IssueComment {
  id: number;
  number: number;
  repository: Repository;
  body: string;
  author: string;
  createdAt: string;
  updatedAt: string;
  lastEditedAt: string | null;
  reactions: Reaction[];
}

export const reactionContents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;

export interface Reaction {
  id: number;
  content: (typeof reactionContents)[number];
  author: string;
  createdAt: string;
}

export interface Review {
  id: number;
  pull: PullRequest;
  author: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  body: string;
  /** What was reviewed. */
  commitSha: string;
  submittedAt: string;
}

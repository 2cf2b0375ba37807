import type { PullRequest } from "./pull-requests.ts";
import type { Repository } from "./repositories.ts";

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";

export interface WorkflowRun {
  id: number;
  repository: Repository;
  headRepository: Repository;
  runNumber: number;
  event: string;
  workflowPath: string;
  workflowId: number;
  headSha: string;
  headBranch: string;
  pullRequest: PullRequest | undefined;
  actor: string;
  /** What its `run-name` made of it; undefined: the pull request's title or the commit's. */
  title: string | undefined;
  /** What a dispatch gave it. */
  inputs: Readonly<Record<string, string>>;
  /** Reusable workflows that it calls, and the commits they are at. */
  referencedWorkflows: readonly { path: string; sha: string; ref?: string }[];
  /** Undefined until it has ended. */
  conclusion: string | undefined;
  createdAt: string;
  /** Id of the run in the artifact results service; it knows no other. */
  backendId: string;
}

export interface Job {
  id: number;
  run: WorkflowRun;
  name: string;
  status: RunStatus;
  conclusion: string | null;
  /** What it asks of a runner. */
  labels: readonly string[];
  createdAt: string;
  startedAt: string;
  completedAt: string | null;
  backendId: string;
}

export interface Artifact {
  id: number;
  run: WorkflowRun;
  name: string;
  mimeType: string;
  /** Undefined until the upload is finalised. */
  bytes: number | undefined;
  digest: string | undefined;
  file: string;
  expired: boolean;
  createdAt: string;
  expiresAt: string;
}

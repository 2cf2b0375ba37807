export interface WorkflowRun {
  id: number;
  attempt: number;
  event: string;
  /** `.github/workflows/models.yml`, also of a called workflow's caller. */
  path: string;
  headSha: string;
  headBranch: string | undefined;
  repositoryId: number;
  headRepositoryId: number | undefined;
  /** Numbers; always empty for forks. */
  pullRequests: readonly number[];
  url: string;
}

export interface Job {
  id: number;
  name: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | undefined;
  url: string;
}

export interface Runs {
  get(id: number): Promise<WorkflowRun | undefined>;
  jobs(runId: number): Promise<readonly Job[]>;
}

export interface Artifact {
  id: number;
  name: string;
  bytes: number;
  digest: string | undefined;
  expired: boolean;
  createdAt: string;
  run:
    | { id: number; repositoryId: number; headRepositoryId: number; headBranch: string | undefined; headSha: string }
    | undefined;
}

export interface Artifacts {
  /** Artifacts of the repository with exactly that name, newest first. */
  listByName(name: string): Promise<readonly Artifact[]>;
}

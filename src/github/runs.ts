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
  createdAt: string;
  url: string;
}

export interface Job {
  id: number;
  name: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: string | undefined;
  url: string;
  /** What it asked of a runner. */
  labels: readonly string[];
  /** While it had a runner, by GitHub's clock; `startedAt` is undefined when it never had one. */
  startedAt: string | undefined;
  completedAt: string | undefined;
}

export interface RunsOfBranch {
  /** Name of the workflow's file, `models.yml`. */
  workflow: string;
  event: string;
  branch: string;
}

export interface Runs {
  get(id: number): Promise<WorkflowRun | undefined>;
  /** Empty where there is no such workflow. */
  ofBranch(request: RunsOfBranch): Promise<readonly WorkflowRun[]>;
  /** @param attempts the latest, where the run was run again, or all of them */
  jobs(runId: number, attempts?: "latest" | "all"): Promise<readonly Job[]>;
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
  /** The newest of the repository, whatever their names, newest first; a request for each hundred. */
  listNewest(count: number): Promise<readonly Artifact[]>;
}

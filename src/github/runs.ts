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
  /** Those of the repository that are open now with the run's commit or branch as their head; always empty for forks. */
  pullRequests: readonly NamedPullRequest[];
  createdAt: string;
  url: string;
  status: string;
  /** Undefined until it is completed. */
  conclusion: string | undefined;
  /** What the workflow's `run-name` gave it. */
  title: string;
  /** Account of the repository that the head commit came from. */
  headOwner: string | undefined;
  /** Reusable workflows that it called: `owner/name/.github/workflows/x.yml@ref`, with the commit that was used. */
  referencedWorkflows: readonly { path: string; sha: string }[];
}

/** A pull request as GitHub names it with a run: what it is now, whatever it was when the run began. */
export interface NamedPullRequest {
  number: number;
  headSha: string;
  baseRef: string;
}

export interface Job {
  id: number;
  /** Of the run in which it ran. */
  attempt: number;
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

export interface Dispatch {
  /** Name of the workflow's file, `models.yml`. */
  workflow: string;
  /** Branch whose version of the workflow runs. */
  ref: string;
  inputs: Readonly<Record<string, string>>;
}

export interface Runs {
  get(id: number): Promise<WorkflowRun | undefined>;
  /** Empty where there is no such workflow. */
  ofBranch(request: RunsOfBranch): Promise<readonly WorkflowRun[]>;
  /** Runs on the commit, newest first. */
  ofCommit(headSha: string): Promise<readonly WorkflowRun[]>;
  /** Runs that were dispatched, newest first, the first hundred at most. */
  dispatched(workflow: string): Promise<readonly WorkflowRun[]>;
  /** Starts a workflow on a branch. Never repeated by itself. @returns the run's id where GitHub says it */
  dispatch(request: Dispatch): Promise<number | undefined>;
  /** "over" when it had ended, or is gone. */
  cancel(id: number): Promise<"cancelled" | "over">;
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
  /** Artifacts of a run, newest first. */
  ofRun(runId: number): Promise<readonly Artifact[]>;
  /**
   * The bytes of an artifact that was uploaded as it is, or its archive.
   * @throws GitHubError when it has more than `maxBytes` or has expired
   */
  download(id: number, maxBytes: number): Promise<Buffer>;
  /** Artifacts of the repository with exactly that name, newest first. */
  listByName(name: string): Promise<readonly Artifact[]>;
  /** The newest of the repository, whatever their names, newest first; a request for each hundred. */
  listNewest(count: number): Promise<readonly Artifact[]>;
}

/** That a commit goes to an environment: what GitHub shows there, and tells workflows and other tools. */
export interface Deployment {
  id: number;
  sha: string;
  environment: string;
  task: string;
  description: string;
  /** What it was made with, to find it again by; empty where that is no JSON object. */
  payload: Readonly<Record<string, unknown>>;
  /** People work with what is there: GitHub never makes it inactive by itself. */
  isProduction: boolean;
  /** Login of whoever made it. */
  creator: string | undefined;
  createdAt: string;
}

export type DeploymentState = "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";

export interface DeploymentStatus {
  id: number;
  state: DeploymentState;
  description: string;
  /** Where what happened can be read. */
  logUrl: string | undefined;
  /** Where what was deployed can be reached. */
  environmentUrl: string | undefined;
  creator: string | undefined;
  createdAt: string;
}

export interface NewDeployment {
  /** Never merged with anything, and taken whatever its checks say. */
  sha: string;
  environment: string;
  description: string;
  payload: Readonly<Record<string, string>>;
  isProduction: boolean;
}

export interface NewDeploymentStatus {
  state: DeploymentState;
  /** Cut where it has more characters than GitHub takes (140). */
  description: string;
  logUrl?: string | undefined;
  environmentUrl?: string | undefined;
  /** Makes earlier successful deployments to the same environment inactive, unless they are production. */
  replacesEarlier: boolean;
}

/** What an app answers to a run that waits for its deployment protection rule. */
export interface GateAnswer {
  runId: number;
  environment: string;
  /** Undefined: the run goes on waiting, and people read the comment; at most ten times. */
  decision: "approved" | "rejected" | undefined;
  /** Markdown; what people read of it, 1,024 characters at most. */
  comment: string;
}

export interface Deployments {
  /** Newest first. */
  list(which: { environment?: string | undefined; sha?: string | undefined }): Promise<readonly Deployment[]>;
  get(id: number): Promise<Deployment | undefined>;
  /** Never retried by itself: look for it where the answer was lost. Makes the environment where there is none of that name. */
  create(request: NewDeployment): Promise<Deployment>;
  /** Newest first: the first one is what holds. */
  statuses(deploymentId: number): Promise<readonly DeploymentStatus[]>;
  /** Never retried by itself. */
  addStatus(deploymentId: number, status: NewDeploymentStatus): Promise<DeploymentStatus>;
  /** Of the app's own rule only. Never retried by itself. */
  answerGate(answer: GateAnswer): Promise<void>;
}

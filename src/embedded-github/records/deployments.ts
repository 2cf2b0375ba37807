import type { App } from "./apps.ts";
import type { Repository } from "./repositories.ts";
import type { WorkflowRun } from "./runs.ts";

export type DeploymentState = "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";

export interface Deployment {
  id: number;
  repository: Repository;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  description: string | null;
  /** As it came: an object or a text. */
  payload: string | Readonly<Record<string, unknown>>;
  isTransient: boolean;
  isProduction: boolean;
  creator: string;
  createdAt: string;
}

export interface DeploymentStatus {
  id: number;
  deployment: Deployment;
  state: DeploymentState;
  description: string;
  logUrl: string;
  environmentUrl: string;
  creator: string;
  createdAt: string;
}

/** A run that waits at an environment for an app to say whether it may go on. */
export interface Gate {
  id: number;
  run: WorkflowRun;
  app: App;
  deployment: Deployment;
  state: "waiting" | "approved" | "rejected";
  /** What the app said, oldest first. */
  comments: string[];
}

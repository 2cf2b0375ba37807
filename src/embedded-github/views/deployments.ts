import { type Deployment, type DeploymentStatus, type State, userOf } from "../state.ts";
import { apiUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

/** GitHub's `deployment`. */
export function deploymentView(state: State, deployment: Deployment) {
  const repositoryUrl = apiUrl(state, deployment.repository);
  const url = `${repositoryUrl}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId("Deployment", deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: simpleUser(state, userOf(state, deployment.creator)),
    created_at: deployment.createdAt,
    updated_at: deployment.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl,
    transient_environment: deployment.isTransient,
    production_environment: deployment.isProduction,
  };
}

/** GitHub's `deployment-status`. */
export function deploymentStatusView(state: State, status: DeploymentStatus) {
  const { deployment } = status;
  const repositoryUrl = apiUrl(state, deployment.repository);
  const deploymentUrl = `${repositoryUrl}/deployments/${deployment.id}`;
  return {
    url: `${deploymentUrl}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DeploymentStatus", status.id),
    state: status.state,
    creator: simpleUser(state, userOf(state, status.creator)),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: deploymentUrl,
    repository_url: repositoryUrl,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
  };
}

/** Oldest first. */
export function statusesOf(state: State, deployment: Deployment): readonly DeploymentStatus[] {
  return [...state.deploymentStatuses.values()].filter((status) => status.deployment === deployment);
}

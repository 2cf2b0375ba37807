import * as z from "zod/mini";
import type { Deployment, DeploymentStatus, Deployments } from "../deployments.ts";
import type { Api } from "./api.ts";

/** GitHub's limit, in characters. */
const maxDescription = 140;

const objectSchema = z.record(z.string(), z.unknown());
const creatorSchema = z.nullish(z.object({ login: z.string() }));

const deploymentSchema = z.pipe(
  z.object({
    id: z.int(),
    sha: z.string(),
    environment: z.string(),
    task: z.string(),
    description: z.nullish(z.string()),
    payload: z.unknown(),
    production_environment: z.optional(z.boolean()),
    creator: creatorSchema,
    created_at: z.string(),
  }),
  z.transform(
    (deployment): Deployment => ({
      id: deployment.id,
      sha: deployment.sha,
      environment: deployment.environment,
      task: deployment.task,
      description: deployment.description ?? "",
      payload: payloadFrom(deployment.payload),
      isProduction: deployment.production_environment ?? deployment.environment === "production",
      creator: deployment.creator?.login,
      createdAt: deployment.created_at,
    }),
  ),
);

/** GitHub gives it back as it came: as an object, or as its text. */
function payloadFrom(payload: unknown): Readonly<Record<string, unknown>> {
  return objectSchema.safeParse(typeof payload === "string" ? parseJson(payload) : payload).data ?? {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const statusSchema = z.pipe(
  z.object({
    id: z.int(),
    state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
    description: z.nullish(z.string()),
    log_url: z.nullish(z.string()),
    environment_url: z.nullish(z.string()),
    creator: creatorSchema,
    created_at: z.string(),
  }),
  z.transform(
    (status): DeploymentStatus => ({
      id: status.id,
      state: status.state,
      description: status.description ?? "",
      logUrl: status.log_url || undefined,
      environmentUrl: status.environment_url || undefined,
      creator: status.creator?.login,
      createdAt: status.created_at,
    }),
  ),
);

export function createDeployments(api: Api): Deployments {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const read = "deployments: read";
  const write = "deployments: write";
  return {
    list: ({ environment, sha }) =>
      api.list(
        deploymentSchema,
        "GET /repos/{owner}/{repo}/deployments",
        { environment, sha },
        { what: `list the deployments${environment === undefined ? "" : ` to ${environment}`} of ${place}`, permission: read },
      ),
    get: (id) =>
      api.find(
        deploymentSchema,
        "GET /repos/{owner}/{repo}/deployments/{deployment_id}",
        { deployment_id: id },
        { what: `read deployment ${id} of ${place}`, permission: read },
      ),
    create: ({ sha, environment, description, payload, isProduction }) =>
      api.once(
        deploymentSchema,
        "POST /repos/{owner}/{repo}/deployments",
        // By default GitHub merges the default branch into what is deployed, and asks for every check to be green.
        {
          ref: sha,
          environment,
          description,
          payload,
          production_environment: isProduction,
          transient_environment: false,
          auto_merge: false,
          required_contexts: [],
        },
        { what: `create a deployment of ${sha} to ${environment} in ${place}`, permission: write },
      ),
    statuses: (deploymentId) =>
      api.list(
        statusSchema,
        "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
        { deployment_id: deploymentId },
        { what: `list the statuses of deployment ${deploymentId} of ${place}`, permission: read },
      ),
    addStatus: (deploymentId, { state, description, logUrl, environmentUrl, replacesEarlier }) =>
      api.once(
        statusSchema,
        "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
        {
          deployment_id: deploymentId,
          state,
          description: cut(description),
          log_url: logUrl,
          environment_url: environmentUrl,
          auto_inactive: replacesEarlier,
        },
        { what: `say of deployment ${deploymentId} of ${place} that it is ${state}`, permission: write },
      ),
    async answerGate({ runId, environment, decision, comment }) {
      await api.once(
        z.unknown(),
        "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
        { run_id: runId, environment_name: environment, state: decision, comment },
        { what: `answer for ${environment} to workflow run ${runId} of ${place}`, permission: write },
      );
    },
  };
}

function cut(description: string): string {
  const characters = [...description];
  return characters.length <= maxDescription ? description : `${characters.slice(0, maxDescription - 1).join("")}…`;
}

import * as z from "zod/mini";
import { ApiError, notFound, validationFailed } from "../api-error.ts";
import { deploymentEvent, deploymentStatusEvent } from "../events.ts";
import { resolveCommit } from "../git/commits.ts";
import { isAncestor } from "../git/history.ts";
import { type Answer, type Call, idParam, paginate, type Route, readBody } from "../route.ts";
import { type Deployment, type DeploymentStatus, timestamp } from "../state.ts";
import { deploymentStatusView, deploymentView, statusesOf } from "../views/deployments.ts";

const one = "/repos/{owner}/{repo}/deployments/{id}";

export const deploymentRoutes: readonly Route[] = [
  { method: "POST", pattern: "/repos/{owner}/{repo}/deployments", anyOf: ["deployments:write"], handle: createDeployment },
  { method: "GET", pattern: "/repos/{owner}/{repo}/deployments", anyOf: ["deployments:read"], handle: listDeployments },
  { method: "GET", pattern: one, anyOf: ["deployments:read"], handle: getDeployment },
  { method: "POST", pattern: `${one}/statuses`, anyOf: ["deployments:write"], handle: createStatus },
  { method: "GET", pattern: `${one}/statuses`, anyOf: ["deployments:read"], handle: listStatuses },
];

const createShape = z.object({
  ref: z.string(),
  task: z._default(z.string(), "deploy"),
  auto_merge: z._default(z.boolean(), true),
  required_contexts: z.optional(z.array(z.string())),
  payload: z._default(z.union([z.string(), z.record(z.string(), z.unknown())]), ""),
  environment: z._default(z.string().check(z.minLength(1)), "production"),
  description: z.nullish(z.string()),
  transient_environment: z._default(z.boolean(), false),
  production_environment: z.optional(z.boolean()),
});

async function createDeployment(call: Call): Promise<Answer> {
  const { state, repository, caller } = call;
  const body = readBody(call, createShape);
  const sha = await resolveCommit(repository.git, body.ref);
  if (sha === undefined) throw new ApiError(422, `No ref found for: ${body.ref}`);
  await refuseUnready(call, sha, body);
  const deployment: Deployment = {
    id: state.nextId(),
    repository,
    sha,
    ref: body.ref,
    task: body.task,
    environment: body.environment,
    description: body.description ?? null,
    payload: body.payload,
    isTransient: body.transient_environment,
    isProduction: body.production_environment ?? body.environment === "production",
    creator: caller.login,
    createdAt: timestamp(),
  };
  state.deployments.set(deployment.id, deployment);
  deploymentEvent(state, deployment);
  const json = deploymentView(state, deployment);
  return { status: 201, json, headers: { location: json.url } };
}

/** Whoever says nothing asks for what is up to date with the default branch, and for every check to be green. */
async function refuseUnready(call: Call, sha: string, body: z.infer<typeof createShape>): Promise<void> {
  const { state, repository } = call;
  const tip = body.auto_merge ? await resolveCommit(repository.git, repository.defaultBranch) : undefined;
  if (tip !== undefined && !(await isAncestor(repository.git, tip, sha)))
    throw new ApiError(409, `Conflict merging ${repository.defaultBranch} into ${body.ref}.`);
  const runs = [...state.checkRuns.values()].filter(({ headSha }) => headSha === sha);
  const required = body.required_contexts ?? runs.map(({ name }) => name);
  const isGreen = (name: string) =>
    runs.some(
      (run) => run.name === name && run.conclusion !== null && ["success", "neutral", "skipped"].includes(run.conclusion),
    );
  if (!required.every(isGreen)) throw new ApiError(409, `Conflict: Commit status checks failed for ${body.ref}.`);
}

async function listDeployments(call: Call): Promise<Answer> {
  const { state, repository, url } = call;
  const asked = (name: string, value: string) => [null, "none", value].includes(url.searchParams.get(name));
  const found = [...state.deployments.values()].filter(
    (deployment) =>
      deployment.repository === repository &&
      asked("sha", deployment.sha) &&
      asked("ref", deployment.ref) &&
      asked("task", deployment.task) &&
      asked("environment", deployment.environment),
  );
  const { page, headers } = paginate(call, found.toReversed());
  return { status: 200, headers, json: page.map((deployment) => deploymentView(state, deployment)) };
}

function deploymentOf(call: Call): Deployment {
  const deployment = call.state.deployments.get(idParam(call, "id"));
  if (!deployment || deployment.repository !== call.repository) throw notFound();
  return deployment;
}

async function getDeployment(call: Call): Promise<Answer> {
  return { status: 200, json: deploymentView(call.state, deploymentOf(call)) };
}

const maxDescription = 140;
const statusShape = z.object({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  target_url: z._default(z.string(), ""),
  log_url: z.optional(z.string()),
  description: z._default(z.string(), ""),
  environment_url: z._default(z.string(), ""),
  auto_inactive: z._default(z.boolean(), true),
});

async function createStatus(call: Call): Promise<Answer> {
  const { state, caller } = call;
  const deployment = deploymentOf(call);
  const body = readBody(call, statusShape);
  if ([...body.description].length > maxDescription) {
    const message = `description is too long (maximum is ${maxDescription} characters)`;
    throw validationFailed({ resource: "DeploymentStatus", field: "description", code: "custom", message });
  }
  const status: DeploymentStatus = {
    id: state.nextId(),
    deployment,
    state: body.state,
    description: body.description,
    logUrl: body.log_url ?? body.target_url,
    environmentUrl: body.environment_url,
    creator: caller.login,
    createdAt: timestamp(),
  };
  if (body.state === "success" && body.auto_inactive) endEarlier(call, deployment);
  state.deploymentStatuses.set(status.id, status);
  deploymentStatusEvent(state, status);
  const json = deploymentStatusView(state, status);
  return { status: 201, json, headers: { location: json.url } };
}

/** Successful ones of the same environment that are neither transient nor production. */
function endEarlier({ state, caller }: Call, deployment: Deployment): void {
  for (const other of state.deployments.values()) {
    if (other === deployment || other.repository !== deployment.repository) continue;
    if (other.environment !== deployment.environment || other.isTransient || other.isProduction) continue;
    if (other.id > deployment.id || statusesOf(state, other).at(-1)?.state !== "success") continue;
    const [id, createdAt] = [state.nextId(), timestamp()];
    const texts = { description: "", logUrl: "", environmentUrl: "", creator: caller.login, createdAt };
    const status: DeploymentStatus = { id, deployment: other, state: "inactive", ...texts };
    state.deploymentStatuses.set(id, status);
    deploymentStatusEvent(state, status);
  }
}

async function listStatuses(call: Call): Promise<Answer> {
  const { page, headers } = paginate(call, statusesOf(call.state, deploymentOf(call)).toReversed());
  return { status: 200, headers, json: page.map((status) => deploymentStatusView(call.state, status)) };
}

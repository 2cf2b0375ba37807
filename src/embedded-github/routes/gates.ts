import * as z from "zod/mini";
import { ApiError, notFound } from "../api-error.ts";
import { deploymentEvent, deploymentStatusEvent, gateEvent } from "../events.ts";
import { type Answer, type Call, type Route, readBody } from "../route.ts";
import { endRun } from "../run-lifecycle.ts";
import {
  type App,
  type Deployment,
  type DeploymentStatus,
  type Gate,
  type State,
  timestamp,
  type WorkflowRun,
} from "../state.ts";
import { runOf } from "./runs.ts";

export const gateRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: "/repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule",
    anyOf: ["deployments:write"],
    handle: answerGate,
  },
];

/** Makes the deployment, and asks the app whether the run may go on. */
export function waitAtGate(state: State, run: WorkflowRun, app: App, environment: string): Gate {
  const { repository, headSha: sha, headBranch: ref, actor: creator } = run;
  const deployment: Deployment = {
    ...{ id: state.nextId(), repository, sha, ref, task: "deploy", environment, description: null, payload: {} },
    ...{ isTransient: false, isProduction: environment === "production", creator, createdAt: timestamp() },
  };
  state.deployments.set(deployment.id, deployment);
  deploymentEvent(state, deployment);
  const gate: Gate = { id: state.nextId(), run, app, deployment, state: "waiting", comments: [] };
  state.gates.set(gate.id, gate);
  gateEvent(state, gate);
  return gate;
}

const maxComments = 10;
const shape = z.object({
  environment_name: z.string(),
  state: z.optional(z.enum(["approved", "rejected"])),
  comment: z.optional(z.string().check(z.maxLength(1_024))),
});

/** An app answers for its own gates. */
async function answerGate(call: Call): Promise<Answer> {
  const { state, caller } = call;
  const run = runOf(call);
  const body = readBody(call, shape);
  const gates = [...state.gates.values()].filter(
    (one) => one.run === run && one.app === caller.app && one.deployment.environment === body.environment_name,
  );
  if (gates.length === 0) throw notFound();
  const gate = gates.find((one) => one.state === "waiting");
  if (!gate) throw new ApiError(422, `No deployment to ${body.environment_name} is waiting.`);
  if (body.state === undefined && body.comment === undefined)
    throw new ApiError(422, "Either state or comment must be provided.");
  if (body.state === undefined && gate.comments.length >= maxComments)
    throw new ApiError(422, `At most ${maxComments} comments are taken.`);
  if (body.comment !== undefined) gate.comments.push(body.comment);
  if (body.state !== undefined) gate.state = body.state;
  if (body.state === "rejected") await fail(state, gate);
  return { status: 204 };
}

async function fail(state: State, { deployment, app, run }: Gate): Promise<void> {
  const status: DeploymentStatus = {
    ...{ id: state.nextId(), deployment, state: "failure", description: "", logUrl: "", environmentUrl: "" },
    ...{ creator: `${app.slug}[bot]`, createdAt: timestamp() },
  };
  state.deploymentStatuses.set(status.id, status);
  deploymentStatusEvent(state, status);
  await endRun(state, run, "failure");
}

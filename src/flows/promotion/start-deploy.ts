import { MissingDataError } from "../../errors/errors.ts";
import type { Deployment } from "../../github/deployments.ts";
import type { GitHub } from "../../github/github.ts";
import { isLostAnswer } from "../../github/lost-answer.ts";
import type { Dispatch } from "../../github/runs.ts";

export interface DeployRequest {
  /** Name of the workflow's file. */
  workflow: string;
  model: string;
  version: string;
  /** Tag of the version's release. */
  tag: string;
  stage: string;
  stageTag: string;
  release: string;
  /** `https://github.com`. */
  serverUrl: string;
}

/**
 * Starts the team's own workflow for a version that a stage got: a stage's tag that a workflow's token makes starts none. The
 * promotion's deployment remembers it, so that promoting again starts it again only where GitHub refused to, or where this process was
 * killed between the two. Where GitHub's answer was lost it may run: people look, and nobody deploys twice.
 * @returns a sentence for people
 */
export async function startDeploy(request: DeployRequest, github: GitHub): Promise<string> {
  const { workflow, model, version, tag, stage, release, serverUrl } = request;
  const deployment = await findDeployment(request, github);
  const [now, ...before] = await github.deployments.statuses(deployment.id);
  const started = [now, ...before].find((status) => status?.logUrl !== undefined)?.logUrl;
  if (started !== undefined)
    return `${workflow} was ${started.includes("/actions/runs/") ? "started" : "asked to run"} for it already: ${started}`;
  if (now?.state !== "success") return `${stage} got another version meanwhile, so ${workflow} is not started for ${version}.`;
  const ref = await github.contents.defaultBranch();
  const run = await dispatch({ workflow, ref, inputs: { model, version, stage, tag } }, github);
  const { owner, name } = github.repository;
  const actions = `${serverUrl}/${owner}/${name}/actions`;
  const logUrl = typeof run === "number" ? `${actions}/runs/${run}` : `${actions}/workflows/${workflow}`;
  const description = `${workflow} was ${run === "lost" ? "asked to run" : "started"} for ${model} ${version}`;
  await github.deployments.addStatus(deployment.id, {
    ...{ state: "success", description, logUrl, environmentUrl: release, replacesEarlier: false },
  });
  return run === "lost"
    ? `${workflow} was asked to run on ${ref}, and GitHub did not say whether it does: look there, and start it by hand if not: ${logUrl}`
    : `Started ${workflow} on ${ref}: ${logUrl}`;
}

/** @returns the run's id where GitHub says it */
async function dispatch(request: Dispatch, { runs }: GitHub): Promise<number | "lost" | undefined> {
  try {
    return await runs.dispatch(request);
  } catch (error) {
    if (isLostAnswer(error)) return "lost";
    throw error;
  }
}

async function findDeployment({ stage, stageTag }: DeployRequest, { tags, deployments }: GitHub): Promise<Deployment> {
  const commit = (await tags.read(stageTag))?.commit;
  const all = commit === undefined ? [] : await deployments.list({ environment: stage, sha: commit });
  const ours = all.filter(({ payload }) => payload["promotion"] !== undefined && payload["stageTag"] === stageTag);
  const [oldest] = ours.toSorted((a, b) => a.id - b.id);
  if (oldest) return oldest;
  throw new MissingDataError(`GitHub has no deployment of ${stageTag} any more. Promote again.`);
}

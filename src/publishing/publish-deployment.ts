import { GitHubError } from "../errors/errors.ts";
import type { Deployment, DeploymentState, Deployments } from "../github/deployments.ts";
import { isLostAnswer } from "../github/lost-answer.ts";

/** A deployment as decided: found again by its key. */
export interface PlannedDeployment {
  /** Of the promotion. */
  key: string;
  model: string;
  version: string;
  /** The environment's name. */
  stage: string;
  commit: string;
  /** People work with what is there. */
  isProduction: boolean;
}

/** Has the repository have exactly one deployment of the promotion, pending. */
export async function beginDeployment(deployments: Deployments, planned: PlannedDeployment): Promise<Deployment> {
  const { key, model, version, stage, commit, isProduction } = planned;
  const found = await findDeployment(deployments, planned);
  if (found) return found;
  const payload = { promotion: key, model, version };
  const description = `${model} ${version} to ${stage}`;
  try {
    await deployments.create({ sha: commit, environment: stage, description, payload, isProduction });
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
  }
  const created = await findDeployment(deployments, planned);
  if (created) return created;
  throw new GitHubError(`GitHub did not keep the deployment of ${model} ${version} to ${stage}. Promote again.`);
}

/** The oldest: two jobs can make one at the same moment, and both find this. */
async function findDeployment(
  deployments: Deployments,
  { key, stage, commit }: PlannedDeployment,
): Promise<Deployment | undefined> {
  const all = await deployments.list({ environment: stage, sha: commit });
  return all.filter(({ payload }) => payload["promotion"] === key).toSorted((a, b) => a.id - b.id)[0];
}

/** Says that the deployment is there, and of the model's earlier ones in the environment that they are not any more. */
export async function finishDeployment(
  deployments: Deployments,
  deployment: Deployment,
  { model, version, stage, environmentUrl }: PlannedDeployment & { environmentUrl: string },
): Promise<void> {
  const say = async (id: number, state: DeploymentState, description: string) => {
    if ((await deployments.statuses(id))[0]?.state === state) return false;
    await deployments.addStatus(id, { state, description, environmentUrl, replacesEarlier: false });
    return true;
  };
  await say(deployment.id, "success", `${model} ${version} is in ${stage}`);
  const others = (await deployments.list({ environment: stage })).filter(
    ({ id, payload }) => id !== deployment.id && payload["model"] === model && payload["promotion"] !== undefined,
  );
  // Those before it were said to be gone when it came.
  for (const { id } of others) if (!(await say(id, "inactive", `${model} ${version} took its place`))) break;
}

import { GitHubError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Deployment, DeploymentState, Deployments } from "../github/deployments.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { BreakGlass } from "../registry/break-glass.ts";
import { parseTagName } from "../registry/tag-name.ts";

/** A deployment as decided: found again by its key. */
export interface PlannedDeployment {
  /** Of the promotion. */
  key: string;
  model: string;
  version: string;
  /** The environment's name. */
  stage: string;
  /** That assigned it; its number says which of two deployments is the newer one. */
  stageTag: string;
  commit: string;
  /** Of the release's `SHA256SUMS`: what was shipped, for whoever wants to know whether it still is that. */
  sums: Digest;
  /** People work with what is there. */
  isProduction: boolean;
  /** Where what was deployed can be read about. */
  environmentUrl: string;
  /** Why it came there although judgement spoke against it. */
  breakGlass?: BreakGlass | undefined;
}

/** How many earlier deployments are looked at: promotions side by side can leave gaps between those that are in force. */
const lookedAt = 5;

/**
 * Has the repository have exactly one deployment of the promotion: in force unless the stage was assigned anew meanwhile, and then
 * none of the model's earlier ones in the environment is. Promotions side by side end alike, in whatever order they get here.
 * @param isNewest whether the stage's tag is its newest one
 */
export async function publishDeployment(
  deployments: Deployments,
  planned: PlannedDeployment,
  isNewest: () => Promise<boolean>,
): Promise<void> {
  const { model, version, stage, stageTag, environmentUrl, breakGlass } = planned;
  const say = async (id: number, state: DeploymentState, description: string) => {
    if ((await deployments.statuses(id))[0]?.state === state) return;
    await deployments.addStatus(id, { state, description, environmentUrl, replacesEarlier: false });
  };
  const [{ id }, ...twice] = await findOrCreate(deployments, planned);
  for (const other of twice) await say(other.id, "inactive", `${model} ${version} was deployed twice at the same moment`);
  if (await isNewest()) await say(id, "success", `${breakGlass ? "BREAK-GLASS: " : ""}${model} ${version} is in ${stage}`);
  // Asked again: whoever assigned the stage before that was said may not have found it in force.
  if (!(await isNewest())) return say(id, "inactive", `${model} ${version} was in ${stage}`);
  const earlier = (await deployments.list({ environment: stage }))
    .filter(({ payload }) => payload["promotion"] !== undefined && payload["model"] === model)
    .filter(({ payload }) => numberOf(payload["stageTag"]) < numberOf(stageTag))
    .toSorted((a, b) => b.id - a.id);
  for (const other of earlier.slice(0, lookedAt)) await say(other.id, "inactive", `${model} ${version} took its place`);
}

async function findOrCreate(
  deployments: Deployments,
  planned: PlannedDeployment,
): Promise<readonly [Deployment, ...Deployment[]]> {
  const { key, model, version, stage, stageTag, commit, sums, isProduction, breakGlass } = planned;
  const [found, ...twice] = await findDeployments(deployments, planned);
  if (found) return [found, ...twice];
  const payload = {
    ...{ promotion: key, model, version, stageTag, sums },
    ...(breakGlass && { breakGlass: JSON.stringify(breakGlass) }),
  };
  const what = `${model} ${version} to ${stage}`;
  const description = breakGlass ? `BREAK-GLASS, asked for in #${breakGlass.issue}: ${what}` : what;
  try {
    await deployments.create({ sha: commit, environment: stage, description, payload, isProduction });
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
  }
  const [created, ...others] = await findDeployments(deployments, planned);
  if (created) return [created, ...others];
  throw new GitHubError(`GitHub did not keep the deployment of ${model} ${version} to ${stage}. Promote again.`);
}

/** Oldest first: two jobs can make one each at the same moment, and the oldest counts. */
async function findDeployments(
  deployments: Deployments,
  { key, stage, commit }: PlannedDeployment,
): Promise<readonly Deployment[]> {
  const all = await deployments.list({ environment: stage, sha: commit });
  return all.filter(({ payload }) => payload["promotion"] === key).toSorted((a, b) => a.id - b.id);
}

function numberOf(stageTag: unknown): number {
  return Number((typeof stageTag === "string" ? parseTagName(stageTag)?.counter : undefined) ?? 0);
}

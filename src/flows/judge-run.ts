import { type AssayError, MissingDataError, UsageError } from "../errors/errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { Comparison } from "../github/contents.ts";
import type { GitHub } from "../github/github.ts";
import type { PullRequest } from "../github/pull-requests.ts";
import type { Artifact, Job, WorkflowRun } from "../github/runs.ts";
import { parsePlan } from "../plan/parse-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Report } from "../report/report.ts";
import type { Law, Spec } from "../spec/spec.ts";
import { type StartedRun, whyUnverified } from "../trust/verify-run.ts";
import { checkMovedRules } from "./check-moved-rules.ts";
import { checkPlan } from "./check-plan.ts";
import { checkPlannedModels } from "./check-planned-models.ts";
import { collectEvidence, type ReadKept } from "./collect-evidence.ts";
import { gpuHoursOf, jobsOfPullRequest } from "./gpu-budget.ts";
import { evidenceFileName, planFileName } from "./job-files.ts";
import { type JudgeRequest, judge } from "./judge.ts";
import { isModelJob } from "./model-jobs.ts";
import { readArtifact } from "./read-artifact.ts";
import { lawFromGitHub } from "./read-law.ts";

/** What is to be merged: a pull request, or the commit that a merge queue made of it. */
export type Change = { pullRequest: PullRequest } | { queueSha: string; baseSha: string };

export interface JudgeRunRequest {
  github: GitHub;
  repositoryId: number;
  /** `https://github.com`. */
  serverUrl: string;
  change: Change;
  run: WorkflowRun;
  /** What the app recorded when it started the run; undefined: an event did. */
  started?: StartedRun | undefined;
  /** The head is one that the pull request had as it went to another branch. */
  isRetargeted?: boolean | undefined;
  /** Since when it goes to the branch that it goes to, where that is not since it was opened. */
  baseSince?: string | undefined;
  /** What the change makes different from its base. */
  comparison: Comparison | undefined;
  /** The base branch's rules as they are now. */
  law: Law | null;
  now: Date;
}

/** The verdict, once it is known what people decided. */
export type Judgement = (decided: Pick<JudgeRequest, "decisions" | "app">) => Report;

/**
 * What a verdict about a run is made from: what GitHub says of it and what it uploaded, of which nothing is believed that was not
 * checked here. It is for a server: nothing is written to disk and nothing of the repository is run.
 * @throws MissingDataError when the run has no plan, or one that is not its own
 */
export async function judgeRun(request: JudgeRunRequest): Promise<Judgement> {
  const { github, change, run, started } = request;
  const [jobs, artifacts] = await Promise.all([github.runs.jobs(run.id, "all"), github.artifacts.ofRun(run.id)]);
  const read = readArtifact(github, artifacts);
  const plan = await readPlan(request, read, artifacts, jobs);
  const { pullRequest, headSha, headRepositoryId } = subjectOf(change, request.repositoryId);
  const repository = `${github.repository.owner}/${github.repository.name}`;
  const judged = {
    repository: { id: request.repositoryId, fullName: repository },
    headSha,
    pullRequest: pullRequest?.number,
    since: request.baseSince ?? pullRequest?.createdAt,
    isRetargeted: request.isRetargeted,
    baseRef: pullRequest?.base.ref,
    headRepositoryId,
  };
  const unverified = whyUnverified(run, { ...judged, comparison: request.comparison }, started);
  const { law, headSpec } = await rulesOf(plan, request, headSha);
  // Whatever it says, it is a claim.
  const { evidence, refused } =
    unverified === undefined
      ? await collectEvidence(plan, read, (found) => whyNotOf(found, plan, { repository, run, headSha }))
      : { evidence: new Map<string, Evidence>(), refused: new Map<string, string>() };
  const trust = headRepositoryId === request.repositoryId ? "pull-request" : "fork";
  const latest = latestOf(jobs);
  const known: JudgeRequest = {
    repository,
    serverUrl: request.serverUrl,
    plan,
    pullRequest: pullRequest && {
      number: pullRequest.number,
      title: pullRequest.title,
      headRef: pullRequest.head.ref,
      baseRef: pullRequest.base.ref,
      author: pullRequest.author,
      fromFork: headRepositoryId !== request.repositoryId,
    },
    law,
    headSpec,
    evidence: new Map([...evidence].map(([model, sealed]) => [model, { evidence: sealed, trust }])),
    refused,
    unverified,
    claimed: unverified === undefined ? undefined : claimedBy(plan, artifacts),
    jobs: latest.map(({ name, url, status }) => ({ name, url, finished: run.status === "completed" || status === "completed" })),
    links: { run: run.url, page: pageOf(run, artifacts) },
    budget: await spending(request, law, headSpec),
    today: request.now.toISOString().slice(0, 10),
  };
  return (decided) => judge({ ...known, ...decided });
}

function subjectOf(change: Change, repositoryId: number) {
  if ("queueSha" in change) return { pullRequest: undefined, headSha: change.queueSha, headRepositoryId: repositoryId };
  const { head } = change.pullRequest;
  return { pullRequest: change.pullRequest, headSha: head.sha, headRepositoryId: head.repositoryId };
}

const maxPlanBytes = 16 * 1024 * 1024;

async function readPlan(
  request: JudgeRunRequest,
  read: ReadKept,
  artifacts: readonly Artifact[],
  jobs: readonly Job[],
): Promise<Plan> {
  const { run, change, started, github } = request;
  const text = await read(planFileName, maxPlanBytes);
  if (text === undefined) throw new MissingDataError("The run ended without a plan.");
  const foreign = whyForeign(artifacts.find(({ name }) => name === planFileName)?.createdAt ?? "", jobs);
  if (foreign !== undefined) throw new MissingDataError(foreign);
  const plan = parsePlan(text, `${planFileName} of run ${run.id}`);
  const known = "pullRequest" in change ? change.pullRequest : undefined;
  const base = known?.base.sha;
  await checkPlan(
    plan,
    {
      kind: "pull_request",
      // GitHub's test merge, which moves with the base branch; the head is what is held fast.
      commit: plan.commit,
      pullRequest: known && { number: known.number, headSha: known.head.sha, baseRef: known.base.ref },
      mergeGroup: "queueSha" in change ? { headSha: change.queueSha, baseSha: change.baseSha } : undefined,
    },
    // The branch's tip is on it.
    plan.base === base ? undefined : github,
  );
  if (started && plan.base !== run.headSha)
    throw new UsageError(`The plan compares with ${plan.base}, and the run was started on ${run.headSha}.`);
  return plan;
}

/**
 * Any job of any workflow can upload a file of that name, also one that runs the change's own code: it counts as long as the job
 * that plans was at work, and no job that trains had begun.
 */
function whyForeign(planned: string, jobs: readonly Job[]): string | undefined {
  const at = Date.parse(planned);
  const plans = jobs.filter(({ name }) => /(^|\/ )plan$/i.test(name));
  if (plans.length === 0) return "The run has a plan and no job named Plan that could have made it.";
  const attempt = Math.max(...plans.map((job) => job.attempt));
  const earlier = jobs.find(
    ({ name, startedAt, ...job }) =>
      isModelJob(name) && job.attempt >= attempt && startedAt !== undefined && Date.parse(startedAt) < at,
  );
  if (earlier)
    return "The plan was uploaded after trainings had begun, so it may not be what the plan job made. Run all jobs again.";
  const isMaker = ({ conclusion, startedAt = "", completedAt = "" }: Job) =>
    conclusion === "success" && Date.parse(startedAt) <= at && at <= Date.parse(completedAt);
  return plans.some(isMaker)
    ? undefined
    : "The plan was not uploaded while a successful job named Plan ran, so another job may have made it. Run all jobs again.";
}

/** Of each job the latest attempt. */
function latestOf(jobs: readonly Job[]): readonly Job[] {
  const byName = Map.groupBy(jobs, ({ name }) => name);
  return [...byName.values()].map((same) => same.reduce((latest, job) => (job.attempt >= latest.attempt ? job : latest)));
}

/** Evidence names its run itself, and whoever forges it may forget to. What is reused was made by another run. */
function whyNotOf(
  { model, source, trainings, evaluations }: Evidence,
  plan: Plan,
  { repository, run, headSha }: { repository: string; run: WorkflowRun; headSha: string },
): string | undefined {
  if (source.repository.toLowerCase() !== repository.toLowerCase())
    return `The evidence says that it was made in ${source.repository}.`;
  if (evaluations.length > 0 && trainings.length === 0) return "The evidence tells of no training.";
  if (evaluations.length > 0 && !evaluations.some(({ role }) => role === "current"))
    return "The evidence is not of the pull request's own test set.";
  const planned = plan.models.find((candidate) => candidate.model === model);
  if (planned?.candidate.decision !== "train") return undefined;
  if (source.run?.id !== run.id) return `The evidence says that run ${source.run?.id ?? "none"} made it.`;
  if (source.headSha !== headSha || source.pullRequest !== plan.pullRequest)
    return `The evidence says that it is of ${source.headSha?.slice(0, 7) ?? "no head"} of #${source.pullRequest ?? "none"}.`;
  return undefined;
}

/** Models of which it has evidence, by the names of what it uploaded. */
function claimedBy({ models }: Plan, artifacts: readonly Artifact[]): ReadonlySet<string> {
  const names = new Set(artifacts.map(({ name }) => name));
  return new Set(
    models.flatMap(({ model, candidate }) => (names.has(evidenceFileName(model, candidate.inputHash)) ? [model] : [])),
  );
}

/**
 * The base branch's rules as they are now; the head's spec is read where the change touches it. The plan is held against those at its
 * own base, which was checked to be on the base branch.
 * @throws AssayError where the plan is not what it should be by the rules
 */
async function rulesOf(
  plan: Plan,
  { github, law, comparison, change }: JudgeRunRequest,
  headSha: string,
): Promise<{ law: Law | null; headSpec: Spec | null }> {
  const isOfNow = law !== null && law.commit === plan.base;
  const planned = isOfNow ? law : await findLaw(github, plan.base, law?.spec.path);
  // The commit that the plan names is a claim, unless it is GitHub's test merge.
  const merged = "pullRequest" in change && change.pullRequest.mergeCommitSha === plan.commit ? plan.commit : headSha;
  const specOfHead = async (base: Law | null): Promise<Spec | null> => {
    const path = base?.spec.path;
    const isTouched = path === undefined || !comparison?.complete || comparison.paths.includes(path);
    return (isTouched ? await findLaw(github, merged, path) : base)?.spec ?? null;
  };
  const plannedHead = await specOfHead(planned);
  await checkPlannedModels(plan, { law: planned, headSpec: plannedHead, comparison, headSha }, github.contents);
  // What was compared with nothing passes by nobody's rules: an owner decides.
  if (plan.base === null) return { law: null, headSpec: plannedHead };
  if (isOfNow || law === null) return { law, headSpec: plannedHead };
  const measured = planned?.spec ?? plannedHead ?? undefined;
  await checkMovedRules(plan, { law, planned: measured, comparison, headSha }, github.contents);
  return { law, headSpec: await specOfHead(law) };
}

/** The change may have moved it. */
async function findLaw(github: GitHub, commit: string | null, path: string | undefined): Promise<Law | null> {
  return (await lawFromGitHub(github, commit, path)) ?? (path === undefined ? null : lawFromGitHub(github, commit, undefined));
}

async function spending(
  { github, change, run, now }: JudgeRunRequest,
  law: Law | null,
  headSpec: Spec | null,
): Promise<Report["budget"]> {
  const budget = law?.spec.budget;
  if (!budget || !("pullRequest" in change)) return undefined;
  const { number, head, createdAt } = change.pullRequest;
  const runs = { number, workflow: run.path, headRef: head.ref, headRepositoryId: head.repositoryId, createdAt };
  const declared = { law: law?.spec, head: headSpec ?? undefined };
  return { ...budget, spent: gpuHoursOf(await jobsOfPullRequest(github.runs, runs), declared, now) };
}

/** The report job's page, where it uploaded one. */
function pageOf(run: WorkflowRun, artifacts: readonly Artifact[]): string | undefined {
  const page = artifacts.find(({ name, expired }) => name === "assay-report.html" && !expired);
  return page && `${run.url}/artifacts/${page.id}`;
}

/** Whether a run cannot be judged because of what it uploaded, and not because GitHub did not answer. */
export function isAboutRun(error: unknown): error is AssayError {
  return error instanceof MissingDataError || error instanceof UsageError;
}

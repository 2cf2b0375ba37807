import { join } from "node:path";
import type { GitHub } from "../github/github.ts";
import type { Plan } from "../plan/plan.ts";
import type { Report } from "../report/report.ts";
import { checkPlan, type EventFacts } from "./check-plan.ts";
import { type Collected, collectEvidence, readJobFile } from "./collect-evidence.ts";
import type { Machine } from "./context.ts";
import type { Records } from "./fetch-run.ts";
import { type Declared, gpuHoursOf, jobsOfPullRequest, type PullRequestRuns } from "./gpu-budget.ts";
import { judge } from "./judge.ts";
import { publishQueueCheck, publishReport } from "./publish-report.ts";
import { lawCommit, lawFromGitHub } from "./read-law.ts";
import { recordBaselines } from "./record-baseline.ts";

/** The workflow run that is reported on, and the event that started it. */
export interface ReportedRun extends EventFacts {
  repository: string;
  serverUrl: string;
  runId: number;
  runUrl: string;
  /** A push moved the default branch. */
  onDefaultBranch: boolean;
  /** The branch that was pushed. */
  branch: string;
  pullRequest:
    | (EventFacts["pullRequest"] & NonNullable<Report["pullRequest"]> & { fromFork: boolean } & Omit<PullRequestRuns, "workflow">)
    | undefined;
  /** Path of the workflow in the repository. */
  workflow: string;
}

export interface ReportRunRequest {
  plan: Plan;
  run: ReportedRun;
  /** Path of the spec; undefined: where it usually is. */
  spec: string | undefined;
  /** Undefined: nothing is known of GitHub and nothing is written to it. */
  github: { api: GitHub; records: Records } | undefined;
  /** Keeps the page where people can open it, and returns its address. */
  uploadPage: (file: string) => Promise<string | undefined>;
  /** Shows the report on the run's own page. */
  show: (report: Report) => Promise<void>;
}

/**
 * Judges the evidence of a workflow run by the rules in force, shows it, writes the pull request's comment and check where the app
 * does not, and on the default branch records the baselines. Runs no code of the repository.
 * @throws UsageError when the plan is not of this run
 */
export async function reportRun(
  request: ReportRunRequest,
  machine: Pick<Machine, "files" | "jobFiles" | "progress" | "now">,
): Promise<Report> {
  const { plan, run, github } = request;
  await checkPlan(plan, run, github?.api);
  const collected = await collectEvidence(plan, readJobFile(machine));
  const decided = await decide(request, collected, machine);
  const isWorthAPage = decided.models.some(({ state }) => state.kind !== "unchanged");
  const page = isWorthAPage ? await keepPage(decided, request, machine) : undefined;
  const report: Report = { ...decided, links: { ...decided.links, page } };

  await request.show(report);
  if (github) for (const note of await publish(report, run, github.api)) machine.progress(note);
  if (github && run.onDefaultBranch) await recordBaselines(plan, collected.evidence, machine, github.records);
  return report;
}

/** The comment and the check have one author. @returns what to say in the log */
async function publish(report: Report, { pullRequest, mergeGroup }: ReportedRun, api: GitHub): Promise<readonly string[]> {
  if (!pullRequest && !mergeGroup) return [];
  if (report.writer === "app")
    return [
      "Comment and check are the app's to write (writer: app in the base branch's assay.yml): this job writes its summary.",
    ];
  if (mergeGroup) return [await publishQueueCheck(report, api)];
  return pullRequest?.fromFork ? [] : (await publishReport(report, api)).notes;
}

async function decide(
  { plan, run, spec, github }: ReportRunRequest,
  { evidence, refused }: Collected,
  { now }: Pick<Machine, "now">,
): Promise<Report> {
  const api = github?.api;
  const isProtected = run.onDefaultBranch && api !== undefined && (await api.contents.isProtected(run.branch));
  const trust = run.pullRequest?.fromFork ? "fork" : isProtected ? "protected" : "pull-request";
  const jobs = api ? await api.runs.jobs(run.runId) : [];
  const law = api ? await lawFromGitHub(api, lawCommit(plan), spec) : null;
  const headSpec = api ? ((await lawFromGitHub(api, plan.commit, spec))?.spec ?? null) : null;
  return judge({
    repository: run.repository,
    serverUrl: run.serverUrl,
    plan,
    pullRequest: run.pullRequest,
    law,
    headSpec,
    budget: api && (await spending(api, run, { law: law?.spec ?? headSpec ?? undefined, head: headSpec ?? undefined }, now())),
    evidence: new Map([...evidence].map(([model, sealed]) => [model, { evidence: sealed, trust }])),
    refused,
    jobs: jobs.map(({ name, url, status }) => ({ name, url, finished: status === "completed" })),
    links: { run: run.runUrl },
    today: now().toISOString().slice(0, 10),
  });
}

/** What the pull request has used of its budget, this run included. */
async function spending(
  { runs }: GitHub,
  { pullRequest, workflow }: ReportedRun,
  declared: Declared,
  now: Date,
): Promise<Report["budget"]> {
  const budget = declared.law?.budget;
  if (!budget || !pullRequest) return undefined;
  return { ...budget, spent: gpuHoursOf(await jobsOfPullRequest(runs, { ...pullRequest, workflow }), declared, now) };
}

async function keepPage(
  decided: Report,
  { uploadPage }: ReportRunRequest,
  { files }: Pick<Machine, "files">,
): Promise<string | undefined> {
  // Charts are loaded only when there is something to draw.
  const { renderPage } = await import("../report/page.ts");
  const file = join(await files.makeTemporaryFolder("assay-page-"), "assay-report.html");
  await files.write(file, await renderPage(decided));
  return uploadPage(file);
}

import { join } from "node:path";
import { exitCodes } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { checkPlan } from "../../src/flows/check-plan.ts";
import { collectEvidence } from "../../src/flows/collect-evidence.ts";
import { exitCodeOf } from "../../src/flows/exit-code.ts";
import { judge } from "../../src/flows/judge.ts";
import { publishReport } from "../../src/flows/publish-report.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Report } from "../../src/report/report.ts";
import { createArtifactJobFiles, uploadPage } from "../runtime/artifact-job-files.ts";
import { type Event, readEvent } from "../runtime/event.ts";
import { lawCommit, lawFromGitHub } from "../runtime/laws.ts";
import { connect, recordsOf } from "../runtime/records.ts";
import * as step from "../runtime/step.ts";
import { writeSummary } from "../runtime/write-summary.ts";
import type { ReportInputs } from "./inputs.ts";

/** Judges the evidence of this run by the rules in force and writes what a reviewer reads. Runs no code of the repository. */
export async function report({ plan, spec, token }: ReportInputs): Promise<void> {
  const event = readEvent();
  const files = createNodeFiles({ temporaryFolder: process.env["RUNNER_TEMP"] });
  const machine = { files, jobFiles: createArtifactJobFiles(files, event, token), progress: step.info };
  const github = token && (event.pullRequest || plan.models.length > 0) ? await connect(event, token) : undefined;
  await checkPlan(plan, event, github);
  const collected = await collectEvidence(plan, machine);
  const decided = await decide(plan, event, github, spec, collected);
  const page = decided.models.some(({ state }) => state.kind !== "unchanged") ? await upload(decided, event, files) : undefined;
  const final: Report = { ...decided, links: { ...decided.links, page } };

  await show(final);
  if (github && event.pullRequest && !event.pullRequest.fromFork)
    for (const note of (await publishReport(final, github)).notes) step.info(note);
  if (github && event.onDefaultBranch) await recordBaselines(plan, collected.evidence, machine, recordsOf(github));

  step.setOutput("verdict", final.verdict);
  step.setOutput("page", page ?? "");
  step.setOutput("report", await writeJson(final, files));
  finish(final);
}

async function decide(
  plan: Plan,
  event: Event,
  github: GitHub | undefined,
  spec: string | undefined,
  { evidence, refused }: Awaited<ReturnType<typeof collectEvidence>>,
): Promise<Report> {
  const isProtected = event.onDefaultBranch && github !== undefined && (await github.contents.isProtected(event.branch));
  const trust = event.pullRequest?.fromFork ? "fork" : isProtected ? "protected" : "pull-request";
  const jobs = github ? await github.runs.jobs(event.runId) : [];
  return judge({
    repository: event.repository,
    serverUrl: event.serverUrl,
    plan,
    pullRequest: event.pullRequest,
    law: github ? await lawFromGitHub(github, lawCommit(plan), spec) : null,
    headSpec: github ? ((await lawFromGitHub(github, plan.commit, spec))?.spec ?? null) : null,
    evidence: new Map([...evidence].map(([model, sealed]) => [model, { evidence: sealed, trust }])),
    refused,
    jobs: jobs.map(({ name, url, status }) => ({ name, url, finished: status === "completed" })),
    links: { run: event.runUrl },
    today: new Date().toISOString().slice(0, 10),
  });
}

/** What the run's own page shows: annotations and the job summary. */
async function show(final: Report): Promise<void> {
  const { renderSummary } = await import("../../src/report/summary.ts");
  const { stepAnnotations } = await import("../../src/report/annotations.ts");
  const say = { error: step.error, warning: step.warning, notice: step.notice };
  for (const { level, title, message, file, line } of stepAnnotations(final))
    say[level](message, { title, file, startLine: line });
  await writeSummary(renderSummary(final));
}

async function writeJson(final: Report, files: ReturnType<typeof createNodeFiles>): Promise<string> {
  const file = join(await files.makeTemporaryFolder("assay-report-"), "report.json");
  await files.write(file, `${JSON.stringify({ schema: "assay.report/v1", ...final })}\n`);
  return file;
}

async function upload(decided: Report, event: Event, files: ReturnType<typeof createNodeFiles>): Promise<string | undefined> {
  const { renderPage } = await import("../../src/report/page.ts");
  const folder = await files.makeTemporaryFolder("assay-page-");
  const file = join(folder, "assay-report.html");
  await files.write(file, await renderPage(decided));
  return uploadPage(event, file);
}

/** The step's own colour follows the verdict and `on-inconclusive`; a pending report is not a failure. */
function finish(final: Report): void {
  const code = exitCodeOf(final);
  if (code === exitCodes.pass) return;
  if (code === exitCodes.inconclusive && final.onInconclusive === "allow") {
    step.warning("The verdict is inconclusive; see the report.");
    return;
  }
  step.setFailed(`The verdict is: ${final.verdict}. The report says which gate and why.`);
  process.exitCode = code;
}

import { join } from "node:path";
import { exitCodes } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { exitCodeOf, isLeftToApp } from "../../src/flows/exit-code.ts";
import { recordsOnGitHub } from "../../src/flows/records-on-github.ts";
import { reportRun } from "../../src/flows/report-run.ts";
import type { Report } from "../../src/report/report.ts";
import { createArtifactJobFiles, uploadPage } from "../runtime/artifact-job-files.ts";
import { withPullRequest } from "../runtime/dispatched.ts";
import { readEvent } from "../runtime/event.ts";
import { connect } from "../runtime/records.ts";
import * as step from "../runtime/step.ts";
import { writeSummary } from "../runtime/write-summary.ts";
import type { ReportInputs } from "./inputs.ts";

/** Judges the evidence of this run by the rules in force and writes what a reviewer reads. Runs no code of the repository. */
export async function report({ plan, spec, token }: ReportInputs): Promise<void> {
  const event = await withPullRequest(readEvent(), token);
  const files = createNodeFiles({ temporaryFolder: process.env["RUNNER_TEMP"] });
  const api = token && (event.pullRequest || plan.models.length > 0) ? await connect(event, token) : undefined;
  const github = api && { api, records: recordsOnGitHub(api) };
  const final = await reportRun(
    // Of a dispatched run nobody but the plan knows the merge commit, which moves with the pull request; its head is what was asked for.
    {
      plan,
      run: event.dispatched ? { ...event, commit: plan.commit } : event,
      spec,
      github,
      show,
      uploadPage: (file) => uploadPage(event, file),
    },
    { files, jobFiles: createArtifactJobFiles(files, event, token), progress: step.info, now: () => new Date() },
  );
  step.setOutput("verdict", final.verdict);
  step.setOutput("page", final.links.page ?? "");
  step.setOutput("report", await writeJson(final, files));
  const fromFork = event.pullRequest?.fromFork;
  // A fork's pull request has no check of ours without the app: there the job's own result says that it waits.
  const hasCheck = github !== undefined && (fromFork === false || final.writer === "app");
  finish(final, hasCheck, isLeftToApp(final, { fromFork: fromFork === true }));
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

/** The step's own colour follows the verdict and `on-inconclusive`; a pending report, and one that waits for a person, is not a failure. */
function finish(final: Report, hasCheck: boolean, leftToApp: boolean): void {
  const code = exitCodeOf(final);
  if (code === exitCodes.pass) return;
  if (leftToApp) {
    step.warning(`The verdict is: ${final.verdict}. A person decides what is missing, and the app's check says what.`);
    return;
  }
  if (final.verdict === "waiting" && hasCheck) {
    step.warning("Something is not trained yet; the check asks for what it waits for.");
    return;
  }
  if (code === exitCodes.inconclusive && final.verdict !== "fail" && final.onInconclusive === "allow") {
    step.warning("The verdict is inconclusive; see the report.");
    return;
  }
  step.setFailed(`The verdict is: ${final.verdict}. The report says which gate and why.`);
  process.exitCode = code;
}

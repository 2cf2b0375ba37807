import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { startEmbeddedGitHub } from "../embedded-github/embedded-github.ts";
import { UserCommandError } from "../errors/errors.ts";
import { checkName } from "../report/check.ts";
import type { Report } from "../report/report.ts";
import { damagesTheData, improvesTheModel } from "./changes.ts";
import type { RunnerOptions } from "./runner.ts";
import { stepErrors } from "./step-errors.ts";
import { type Change, createClone, examplePath, openPullRequest } from "./team.ts";
import { withoutLinks, withoutMarkdownLinks } from "./without-links.ts";
import { runWorkflow, type WorkflowResult } from "./workflow.ts";

export interface DemoOptions {
  json: boolean;
  /** Where to write the page; default: beside the demonstration's temporary folder. */
  out?: string | undefined;
  /** Repository to demonstrate; default: the penguins example. */
  example?: string | undefined;
  changes?: readonly Change[] | undefined;
}

/** What became of one demonstrated pull request. */
export interface DemoPullRequest {
  number: number;
  title: string;
  verdict: string;
  comment: { url: string; body: string };
  check: { name: string; conclusion: string | null; title: string | null; summary: string | null };
  report: Report;
}

/**
 * A repository made from an example, on a GitHub that runs here: main's baseline is trained and recorded, then each change
 * becomes a pull request that the built actions plan, train, evaluate, judge and report. Nothing in it is prepared.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { pullRequests, page, serverUrl } = await demonstrate(options, say);
  if (options.json) {
    const shown = pullRequests.map(({ report: _, ...pullRequest }) => pullRequest);
    process.stdout.write(`${JSON.stringify({ schema: "assay.demo/v1", pullRequests: shown, page }, null, 2)}\n`);
    return;
  }
  for (const { number, title, comment, check } of pullRequests)
    process.stdout.write(
      `\n─── #${number} ${title}\n─── check ${check.name}: ${check.conclusion}\n\n${withoutMarkdownLinks(comment.body, serverUrl)}\n`,
    );
  process.stdout.write(`\nBoth pull requests as a reviewer sees them: ${page}\n`);
}

/** The demonstration's work; `say` hears what goes on. */
export async function demonstrate(options: DemoOptions, say: (line: string) => void) {
  const folder = await mkdtemp(join(tmpdir(), "assay-demo-"));
  const github = await startEmbeddedGitHub();
  try {
    const repository = "penguin-lab/species";
    const { id, gitFolder } = await github.createRepository({
      owner: "penguin-lab",
      name: "species",
      protectedBranches: ["main"],
    });
    const runner: RunnerOptions = { github, repository, repositoryId: id, gitFolder, folder, log: () => undefined };
    const clone = createClone(options.example ?? examplePath("penguins"), join(folder, "clone"), gitFolder);
    const main = clone.push("main", "First model");
    say("main: training the first model and recording it as the baseline …");
    const first = await runWorkflow(runner, { name: "push", sha: main, before: "0".repeat(40), branch: "main" });
    if (first.report.exitCode !== 0)
      throw new UserCommandError(`The first model of ${repository} was not recorded:\n${errorsOf(first)}`);
    say(`main: baseline recorded (run ${first.runId})`);

    const pullRequests: DemoPullRequest[] = [];
    for (const change of options.changes ?? [improvesTheModel, damagesTheData])
      pullRequests.push(await demonstrateChange(runner, clone, change, say));
    const page = await writePage(
      pullRequests,
      github.serverUrl,
      resolve(options.out ?? join(tmpdir(), "assay-demo", "index.html")),
    );
    return { pullRequests, page, serverUrl: github.serverUrl };
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function demonstrateChange(
  runner: RunnerOptions,
  clone: ReturnType<typeof createClone>,
  change: Change,
  say: (line: string) => void,
): Promise<DemoPullRequest> {
  const pullRequest = await openPullRequest(runner.github, runner.repository, clone, change);
  say(`#${pullRequest.number} ${change.title}: planning, training, evaluating …`);
  const result = await runWorkflow(runner, { name: "pull_request", pullRequest });
  const report = await readReport(result);
  say(`#${pullRequest.number} ${change.title}: ${report.verdict}`);
  return {
    number: pullRequest.number,
    title: change.title,
    verdict: report.verdict,
    report,
    ...written(runner, pullRequest),
  };
}

/** Of the jobs that came before the report, which repeats what they say; else of the report. */
function errorsOf({ train, evaluate, report }: WorkflowResult): string {
  const failed = [...train.values(), ...evaluate.values()].filter(({ exitCode }) => exitCode !== 0);
  return stepErrors((failed.length > 0 ? failed : [report]).map(({ log }) => log));
}

async function readReport(result: WorkflowResult): Promise<Report> {
  const path = result.report.outputs["report"];
  if (!path) throw new UserCommandError(`The report step ended without a report:\n${stepErrors([result.report.log])}`);
  return JSON.parse(await readFile(path, "utf8")) as Report;
}

/** What GitHub now shows of the pull request. */
function written({ github, repository }: RunnerOptions, { number, headSha }: { number: number; headSha: string }) {
  const comment = github.comments(number)[0];
  const check = github.checks(headSha).find(({ name }) => name === checkName);
  if (!comment || !check) throw new Error(`#${number} has ${comment ? "no check" : "no comment"} of Assay`);
  const { name, conclusion, title, summary } = check;
  return {
    comment: { url: `${github.serverUrl}/${repository}/pull/${number}#issuecomment-${comment.id}`, body: comment.body },
    check: { name, conclusion, title, summary },
  };
}

/** What it links to ends with the demonstration. */
async function writePage(pullRequests: readonly DemoPullRequest[], serverUrl: string, path: string): Promise<string> {
  const { renderIndexPage } = await import("../report/page.ts");
  const entries = pullRequests.map(({ number, title, report, comment }) => ({
    title: `#${number} ${title}`,
    report,
    comment: comment.body,
  }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, withoutLinks(await renderIndexPage(entries), serverUrl));
  return path;
}

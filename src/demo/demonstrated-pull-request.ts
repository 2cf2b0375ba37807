import { readFile } from "node:fs/promises";
import { UserCommandError } from "../errors/errors.ts";
import { dispatchInputs } from "../plan/dispatch.ts";
import { checkName } from "../report/check.ts";
import type { Report } from "../report/report.ts";
import type { DemoApp } from "./app.ts";
import type { RunnerEvent, RunnerOptions, RunnerPullRequest } from "./runner.ts";
import { stepErrors } from "./step-errors.ts";
import { type Act, contributor, type Scene } from "./story.ts";
import { type Clone, openPullRequest } from "./team.ts";
import { runWorkflow } from "./workflow.ts";

/** Something that happened, and what the app made of it. */
export interface Happening {
  by: string;
  did: string;
  /** The app's reaction to a command. */
  reaction: string | null;
  check: { conclusion: string | null; title: string | null };
}

type Verdict = "pass" | "fail" | "inconclusive" | "pending";

/** What became of one demonstrated pull request. */
export interface DemoPullRequest {
  number: number;
  title: string;
  verdict: Verdict;
  comment: { url: string; body: string };
  check: { name: string; conclusion: string | null; title: string | null; summary: string | null };
  happened: readonly Happening[];
  /** As the latest workflow run made it, before anybody decided anything. */
  report: Report;
}

export interface Stage {
  runner: RunnerOptions;
  app: DemoApp;
  clone: Clone;
  /** Hears of everything at once. */
  hear(number: number, happening: Happening): void;
}

/**
 * Opens the pull request.
 * @returns lets its workflow run and people act; whatever is written meanwhile is written by the app
 */
export async function openScene(stage: Stage, { change, acts }: Scene): Promise<() => Promise<DemoPullRequest>> {
  const { runner, app, clone } = stage;
  const { github, repository } = runner;
  const pullRequest = await openPullRequest(github, repository, clone, change);
  const { number } = pullRequest;
  const happened: Happening[] = [];
  await record(`@${contributor}`, `opens “${change.title}”`);
  return play;

  async function play(): Promise<DemoPullRequest> {
    let report = await runIt(runner, { name: "pull_request", pullRequest });
    await record("Workflow", `${runOf(report)} has planned, trained and evaluated`);
    for (const act of acts) {
      await perform(act);
      for (const event of waitingRuns()) {
        report = await runIt(runner, event);
        await record("Workflow", `${runOf(report)}, which the app started, has planned, trained and evaluated`);
      }
    }
    const { conclusion, title, summary, name } = checkOf(runner, pullRequest);
    const comment = github.comments(number).find(isOurs);
    if (!comment) throw new Error(`#${number} has no comment of the app.`);
    return {
      ...{ number, title: change.title, verdict: verdicts[conclusion ?? ""] ?? "pending", report, happened },
      comment: { url: `${github.serverUrl}/${repository}/pull/${number}#issuecomment-${comment.id}`, body: comment.body },
      check: { name, conclusion, title, summary },
    };
  }

  /** What the app has dispatched for the pull request, as a runner takes it. */
  function waitingRuns(): RunnerEvent[] {
    return github
      .dispatches()
      .filter(({ status, inputs }) => status === "queued" && inputs[dispatchInputs.pullRequest] === String(number))
      .map(({ runId, inputs, headBranch: branch, headSha: sha }) => ({
        ...{ name: "workflow_dispatch", runId, inputs, branch, sha },
        checkout: pullRequest.mergeSha,
      }));
  }

  async function record(by: string, did: string, commentId?: number): Promise<void> {
    await app.settled();
    const { conclusion, title } = checkOf(runner, pullRequest);
    const happening = { by, did, reaction: reactionTo(runner, number, commentId), check: { conclusion, title } };
    happened.push(happening);
    stage.hear(number, happening);
  }

  async function perform(act: Act): Promise<void> {
    if ("approves" in act) {
      await github.review({ number, author: act.by, state: "APPROVED" });
      return record(`@${act.by}`, "reviews and approves");
    }
    const { id } = await github.addComment({ number, author: act.by, body: act.says });
    return record(`@${act.by}`, act.says, id);
  }
}

const verdicts: Readonly<Record<string, Verdict>> = {
  success: "pass",
  failure: "fail",
  action_required: "inconclusive",
  neutral: "inconclusive",
};

/** The jobs, and the end of the run, of which GitHub tells the app. @returns the report of its last job */
async function runIt(runner: RunnerOptions, event: RunnerEvent): Promise<Report> {
  const { runId, report } = await runWorkflow(runner, event, { writer: "app" });
  await runner.github.finishRun(runId);
  const path = report.outputs["report"];
  if (!path) throw new UserCommandError(`The report step ended without a report:\n${stepErrors([report.log])}`);
  return JSON.parse(await readFile(path, "utf8")) as Report;
}

function runOf({ links }: Report): string {
  return `run ${links.run?.split("/").at(-1)}`;
}

/** The newest, which is the one that GitHub shows. */
function checkOf({ github }: RunnerOptions, { number, headSha }: RunnerPullRequest) {
  const check = github.checks(headSha).findLast(({ name }) => name === checkName);
  if (!check) throw new Error(`#${number} has no check of the app.`);
  return check;
}

function isOurs({ author }: { author: string }): boolean {
  return author.endsWith("[bot]");
}

const faces: Readonly<Record<string, string>> = { "+1": "👍", "-1": "👎", confused: "😕" };

function reactionTo({ github }: RunnerOptions, number: number, commentId: number | undefined): string | null {
  const reaction = github
    .comments(number)
    .find(({ id }) => id === commentId)
    ?.reactions.find(isOurs);
  return reaction ? (faces[reaction.content] ?? reaction.content) : null;
}

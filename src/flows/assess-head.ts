import type { Comparison } from "../github/contents.ts";
import type { GitHub } from "../github/github.ts";
import { escapeInline } from "../markdown/escape.ts";
import { mayTouchModel } from "../plan/may-touch.ts";
import type { Notice } from "../report/notice.ts";
import type { Law } from "../spec/spec.ts";
import { type Change, isAboutRun, type Judgement, judgeRun } from "./judge-run.ts";
import type { Candidate } from "./rank-runs.ts";

export interface AssessRequest {
  github: GitHub;
  repositoryId: number;
  serverUrl: string;
  change: Change;
  /** Runs that can speak for it, in the order in which they are asked. */
  candidates: readonly Candidate[];
  comparison: Comparison | undefined;
  /** The head is one that the pull request had as it went to another branch. */
  isRetargeted?: boolean | undefined;
  /** Since when it goes to the branch that it goes to, where that is not since it was opened. */
  baseSince?: string | undefined;
  law: Law | null;
  /** When the commit was met first. */
  since: Date;
  now: Date;
  deadlines: Deadlines;
}

/** How long something may be missing before it is taken for lost, in minutes. */
export interface Deadlines {
  /** A workflow run of a commit. */
  run: number;
  /** The end of a run. */
  end: number;
}

export type Assessment =
  | { kind: "judged"; judgement: Judgement; by: Candidate }
  /** `final`: nothing more is expected to happen by itself. */
  | { kind: "notice"; notice: Notice; final: boolean; by?: Candidate | undefined };

/** What can be said of a commit now: a verdict, or why there is none. */
export async function assess(request: AssessRequest): Promise<Assessment> {
  const { github, candidates } = request;
  if (touchesNothing(request)) return nothingToTrain;
  let broken: Assessment | undefined;
  for (const candidate of candidates.filter(({ run }) => run.status === "completed").slice(0, maxLookedAt)) {
    try {
      return { kind: "judged", judgement: await judgeRun({ ...request, github, ...candidate }), by: candidate };
    } catch (error) {
      if (!isAboutRun(error)) throw error;
      broken ??= whatBroke(candidate, error.message);
    }
  }
  const running = candidates.find(({ run }) => run.status !== "completed");
  if (running) return waitFor(running, request);
  return withoutPlan(broken, request);
}

/** By the base branch's rules and the paths alone: no run has to be believed, and none has to be waited for. */
export function touchesNothing({ law, comparison }: Pick<AssessRequest, "law" | "comparison">): boolean {
  return law !== null && comparison?.complete === true && !comparison.paths.some((path) => mayTouchModel(law.spec, path));
}

/** Workflows of other kinds run on the same commit; these are not looked through for ever. */
const maxLookedAt = 8;

const nothingToTrain: Assessment = {
  kind: "notice",
  notice: { conclusion: "success", icon: "✅", title: "Nothing to train", lines: ["No model is touched by this change."] },
  final: true,
};

export const waitingForRun: Assessment = {
  kind: "notice",
  notice: {
    conclusion: undefined,
    icon: "⏳",
    title: "Waiting for the workflow run",
    lines: ["The verdict follows when the workflow has run on this commit."],
  },
  final: false,
};

function waitFor(by: Candidate, { now, since, deadlines }: AssessRequest): Assessment {
  const { run } = by;
  const started = Math.max(Date.parse(run.createdAt), since.getTime());
  const minutes = (now.getTime() - started) / 60_000;
  if (minutes < deadlines.end) {
    const lines = ["The verdict follows when the workflow run has ended."];
    return notice({ conclusion: undefined, icon: "⏳", title: "In progress", lines, run: run.url }, false, by);
  }
  const lines = [
    `The workflow run was started on ${run.createdAt} and has not ended since: its machine was lost, or it still waits for one.`,
    "Look at its log, cancel it and run it again.",
  ];
  return notice({ conclusion: "failure", icon: "❌", title: "Job lost", lines, run: run.url }, true, by);
}

/** It may quote what the run uploaded. */
const maxMessage = 1_000;

function whatBroke(by: Candidate, message: string): Assessment {
  const { run } = by;
  const cancelled = run.conclusion === "cancelled";
  const asks = run.conclusion === "action_required";
  if (asks) {
    const lines = ["GitHub starts this workflow when a maintainer approves it, on the Actions page."];
    return notice(
      { conclusion: "action_required", icon: "⏸️", title: "The workflow waits for approval", lines, run: run.url },
      true,
      by,
    );
  }
  const title = cancelled ? "The workflow run was cancelled" : "No verdict: the run cannot be judged";
  return notice(
    {
      conclusion: "failure",
      icon: "❌",
      title,
      lines: [cancelled ? "Run it again." : escapeInline(message, maxMessage)],
      run: run.url,
    },
    true,
    by,
  );
}

/** No run has a plan. */
function withoutPlan(broken: Assessment | undefined, { now, since, deadlines, candidates }: AssessRequest): Assessment {
  if (broken && candidates.length === 1) return broken;
  if ((now.getTime() - since.getTime()) / 60_000 < deadlines.run) return waitingForRun;
  if (broken) return broken;
  const lines = [
    "No workflow run of Assay was started for this commit.",
    "Check that the workflow listens to `pull_request` without a `paths:` filter, and that Actions are switched on; then push again.",
  ];
  return notice({ conclusion: "failure", icon: "❌", title: "No workflow run", lines }, true);
}

function notice(of: Notice, final: boolean, by?: Candidate): Assessment {
  return { kind: "notice", notice: of, final, by };
}

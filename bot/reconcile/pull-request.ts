import { type Assessment, assess, touchesNothing, waitingForRun } from "../../src/flows/assess-head.ts";
import { rankRuns } from "../../src/flows/rank-runs.ts";
import { lawFromGitHub, specPaths } from "../../src/flows/read-law.ts";
import { type Shown, show } from "../../src/flows/show-verdict.ts";
import type { Comparison } from "../../src/github/contents.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import type { WorkflowRun } from "../../src/github/runs.ts";
import type { Decided } from "../../src/ledger/decision.ts";
import { mentionedOwners } from "../../src/report/app-steps.ts";
import { resultsIn } from "../../src/report/approvals.ts";
import { renderCheck } from "../../src/report/check.ts";
import { renderComment } from "../../src/report/comment.ts";
import { renderNoticeCheck, renderNoticeComment } from "../../src/report/notice.ts";
import type { Report } from "../../src/report/report.ts";
import type { Law } from "../../src/spec/spec.ts";
import type { Request } from "../request.ts";
import { keyOf, type Subject } from "../subject.ts";
import { answerRequests } from "./answer-requests.ts";
import { type Context, connect } from "./context.ts";
import { decidedFor } from "./decided.ts";
import { cancelStarted, startedRuns } from "./dispatch.ts";
import { answersIn, firstSeen, type Memory, recallChecked, rememberMemory, remembersAllHeads } from "./memory.ts";
import { readPullRequest } from "./read-pull-request.ts";
import { workflowKey } from "./remembered.ts";
import { endOfWaivers, isOvertaken, isSettled } from "./settled.ts";
import { unlessShared, wasElsewhere } from "./shared-head.ts";

export type PullRequestSubject = Extract<Subject, { kind: "pull-request" }>;

/** Everything about a pull request that was read from GitHub, and what is remembered of it. */
export interface PullRequestState {
  subject: PullRequestSubject;
  github: GitHub;
  /** `base.sha` is the base branch's tip. */
  pull: PullRequest;
  /** Runs on its head; undefined: not read. */
  runs: readonly WorkflowRun[] | undefined;
  /** What it makes different; undefined when it is closed, or GitHub does not know. */
  comparison: Comparison | undefined;
  /** The base branch's rules, at its tip; null when it has none. */
  law: Law | null;
  memory: Memory;
  /** The head was another pull request's that went to another branch. */
  wasElsewhere?: boolean;
  /** What people decided, as it was read in this look. */
  decided?: (Decided & { isWhole: boolean }) | undefined;
}

/**
 * Brings a pull request to the state that it should be in: the verdict about its head in one check and one comment, what people asked
 * answered, what they decided recorded, what has to be trained started. Whatever was done before is found again, so it can be
 * interrupted anywhere and repeated any number of times.
 */
export async function reconcilePullRequest(context: Context, subject: PullRequestSubject, signal: AbortSignal): Promise<void> {
  const github = await connect(context, subject.repository, signal);
  const memory = await recallChecked(context, subject);
  const requests = await context.store.openRequests(subject);
  const read = await readPullRequest(github, subject, memory, requests.length > 0);
  memory.pull = read.pull;
  memory.closed = read.pull.state !== "open";
  if (read.isPush) return waitForRun(context, { ...read, subject, github, comparison: undefined, law: null, memory });
  const state: PullRequestState = { ...read, ...(await compareWithBase(github, read.pull)), subject, github, memory };
  const { pull } = state;
  // Also where another writes there: a run of then is none of the branch's that it goes to later.
  const isRetargeted = noteBase(memory, pull, requests);
  state.wasElsewhere = await wasElsewhere(context, state);
  const isWriter = await isOurs(state);
  const trains = isWriter && pull.state === "open" && !touchesNothing(state);
  const isNew = isRetargeted || trains !== (memory.trains ?? false);
  memory.trains = trains;
  if (isNew) await rememberMemory(context.store, subject, memory);
  for (const request of requests) if (request.kind === "retarget") await context.store.closeRequest(subject, request);
  if (!isWriter) return dropRequests(context, subject);
  const assessment = pull.state === "open" ? await assessHead(context, state) : undefined;
  if (!assessment) {
    await cancelStarted(github, memory, undefined);
    await rememberMemory(context.store, subject, memory);
  }
  const started = memory.dispatches.length;
  // Whatever becomes of what people asked: the verdict does not wait for it.
  if (assessment) await showNow(context, state, assessment, true);
  const answered = await answerRequests(context, state, await reportOf(context, state, assessment));
  const isWhole = memory.dispatches.length === started;
  if (assessment && answered) await showNow(context, state, assessment, isWhole);
  // What was started is seen at the next look.
  if (!isWhole) await context.store.enqueue(subject);
}

/** @returns whether the pull request goes to another branch than before, or did meanwhile */
function noteBase(memory: Memory, { head, base: { ref } }: PullRequest, requests: readonly Request[]): boolean {
  const { base } = memory;
  const heads = requests.flatMap((request) => (request.kind === "retarget" ? [request.headSha] : []));
  if (base && base.ref !== ref) heads.push(head.sha);
  memory.base = { ...base, ref, heads: [...new Set([...(base?.heads ?? []), ...heads])] };
  return heads.length > 0 || base === undefined;
}

/** The base branch as it is now: its rules and, by the same request, what the pull request makes different. */
async function compareWithBase(
  github: GitHub,
  read: PullRequest,
): Promise<Pick<PullRequestState, "pull" | "comparison" | "law">> {
  const { base, head } = read;
  const comparison = read.state === "open" ? await github.contents.compare(base.ref, head.sha) : undefined;
  const tip = comparison?.base ?? (await github.contents.branchTip(base.ref)) ?? base.sha;
  const law = await lawFromGitHub(github, tip, undefined);
  const paths = law ? [law.spec.path] : specPaths;
  const isLawTouched = !comparison?.complete || paths.some((path) => comparison.paths.includes(path));
  // Of use only for what the pull request makes of the rules.
  const mergeCommitSha =
    read.mergeCommitSha ?? (isLawTouched ? (await github.pullRequests.get(read.number)).mergeCommitSha : undefined);
  return { pull: { ...read, mergeCommitSha, base: { ...base, sha: tip } }, comparison, law };
}

/** Nothing is known of the new head but that its run will end. */
async function waitForRun(context: Context, state: PullRequestState): Promise<void> {
  const { github, memory, pull } = state;
  firstSeen(memory, pull.head.sha, context.now(), true);
  await cancelStarted(github, memory, pull.head.sha);
  await showNow(context, state, { ...waitingForRun, isOvertaken: false }, true);
}

/** @param isWhole no run was started that the assessment does not know */
async function showNow(context: Context, state: PullRequestState, assessment: HeadAssessment, isWhole: boolean): Promise<void> {
  const { subject, github, pull, memory } = state;
  const shown = await unlessShared(context, state, await render(context, state, assessment));
  await show(context, github, memory, () => rememberMemory(context.store, subject, memory), shown);
  memory.settled = shown.isFinal && isWhole ? pull.head.sha : undefined;
  if (shown.until) await context.store.enqueue(subject, { at: shown.until });
  await rememberMemory(context.store, subject, memory);
}

async function reportOf(
  context: Context,
  state: PullRequestState,
  assessment: Assessment | undefined,
): Promise<Report | undefined> {
  return assessment?.kind === "judged" ? assessment.judgement(await decidedFor(context, state, assessment.judgement)) : undefined;
}

/**
 * The base branch says who writes; where it has no rules that can be read, the pull request that brings or mends them: its check may
 * be required too. A repository that has taken the name of another is another's.
 */
async function isOurs({ subject, github, pull, law }: PullRequestState): Promise<boolean> {
  if (pull.base.repositoryId !== subject.repository.id) return false;
  const rules = law ?? (await lawFromGitHub(github, pull.head.sha, undefined));
  return rules?.spec.writer === "app";
}

async function dropRequests({ store }: Context, subject: PullRequestSubject): Promise<void> {
  for (const request of await store.openRequests(subject)) await store.closeRequest(subject, request);
}

/** Whether a run that is not over will speak instead. */
type HeadAssessment = Assessment & { isOvertaken: boolean };

async function assessHead(context: Context, state: PullRequestState): Promise<HeadAssessment> {
  const { subject, github, pull, law, memory, comparison } = state;
  const { head, base } = pull;
  if (memory.seen.length === 0 && pull.comments === 0) memory.uncommented = true;
  const isWatched = context.looked.has(keyOf(subject));
  const isAllSeen = remembersAllHeads(memory);
  const seen = firstSeen(memory, head.sha, context.now(), isWatched);
  // Since it was pushed everything was heard; what was before may be forgotten.
  if (isAllSeen) seen.watched ||= subject.pushed?.head.sha === head.sha;
  const started = await startedRuns(github, memory, head.sha);
  const isFork = head.repositoryId !== base.repositoryId;
  if (!touchesNothing(state)) state.runs ??= await github.runs.ofCommit(head.sha);
  const key = workflowKey(subject.repository);
  const workflow = await context.store.recall(key);
  const candidates = rankRuns(state.runs ?? [], started, { event: "pull_request", isFork, workflow });
  if (!isFork && !seen.watched && candidates.some(({ run }) => run.status === "completed")) {
    const change = (await github.pullRequests.baseChanges(pull.number)).at(-1);
    if (change !== undefined && memory.base) memory.base.since = new Date(Date.parse(change) + runsComeWithin).toISOString();
    seen.watched = true;
  }
  const assessment = await assess({
    ...context,
    github,
    repositoryId: subject.repository.id,
    change: { pullRequest: pull },
    candidates,
    comparison,
    isRetargeted: state.wasElsewhere || memory.base?.heads.includes(head.sha),
    baseSince: memory.base?.since,
    law,
    since: new Date(seen.at),
    now: context.now(),
  });
  if (assessment.kind === "judged" && comparison?.complete) {
    const { path } = assessment.by.run;
    const isVerified = assessment.judgement({}).unverified === undefined;
    // What the pull request does not touch is there on the base branch too.
    if (isVerified && !comparison.paths.includes(path) && workflow !== path) await context.store.remember(key, path);
  }
  return { ...assessment, isOvertaken: assessment.kind === "judged" && isOvertaken(candidates, assessment.by) };
}

/** How long after an event GitHub may start a run for it. */
const runsComeWithin = 10 * 60_000;

/** `isFinal`: nothing more is expected to happen by itself, before that time where there is one. */
type Rendered = Shown & { isFinal: boolean; until?: Date | undefined };

async function render(context: Context, state: PullRequestState, assessment: HeadAssessment): Promise<Rendered> {
  const { pull, memory } = state;
  const shown = { headSha: pull.head.sha, of: String(pull.number) };
  if (assessment.kind === "judged") {
    const report = assessment.judgement(await decidedFor(context, state, assessment.judgement));
    const { marker, body } = renderComment(report);
    return {
      ...shown,
      check: renderCheck(report),
      detailsUrl: report.links.page ?? report.links.run,
      comment: isWorthSaying(report, memory) ? { number: pull.number, marker, body } : undefined,
      results: resultsIn(report),
      mentions: mentionedOwners(report),
      isFinal: isSettled(report, memory, assessment.isOvertaken),
      until: endOfWaivers(report),
    };
  }
  const { notice } = assessment;
  const comment = noticeComment(state, assessment);
  return {
    ...shown,
    check: renderNoticeCheck(notice),
    detailsUrl: notice.run,
    comment: comment && { ...comment, number: pull.number },
    results: undefined,
    mentions: [],
    isFinal: assessment.final,
  };
}

/** Where nothing had to be trained the check says so; the comment follows only if there is one, or something was asked. */
function isWorthSaying(report: Report, memory: Memory): boolean {
  const isQuiet = report.lawChanges.length === 0 && report.models.every(({ state }) => state.kind === "unchanged");
  return !isQuiet || memory.comment !== undefined || answersIn(memory, report.headSha).length > 0;
}

/** Before there was anything to tell only what was asked is worth a comment; a verdict that was told is folded, not lost. */
function noticeComment({ memory, pull }: PullRequestState, { notice }: Extract<Assessment, { kind: "notice" }>) {
  const answers = answersIn(memory, pull.head.sha);
  const isNeeded = memory.comment !== undefined || answers.length > 0;
  return isNeeded ? renderNoticeComment(notice, answers, memory.verdict) : undefined;
}

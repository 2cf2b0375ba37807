import { type AssayError, GitHubError, UsageError } from "../../src/errors/errors.ts";
import { withCommits } from "../../src/markdown/commits.ts";
import { codeSpan, escapeInline } from "../../src/markdown/escape.ts";
import { phraseToMarkdown } from "../../src/markdown/phrase.ts";
import { inputsOfDispatch, requestOf } from "../../src/plan/dispatch.ts";
import type { Report } from "../../src/report/report.ts";
import { resolveActor } from "../../src/trust/owners.ts";
import type { Outcome } from "../commands/outcome.ts";
import { decideCommand } from "../commands/registry.ts";
import { type Question, requestKey } from "../request.ts";
import type { Context } from "./context.ts";
import { decidedOf, recordDecisions } from "./decided.ts";
import { dispatchOnce, startedAndRunning } from "./dispatch.ts";
import { type Asked, type Dispatch, rememberMemory, shownAt } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import { artifactsLast, startedKey, workflowKey } from "./remembered.ts";
import { planRollback, reply, startRollback } from "./roll-back.ts";

/**
 * Answers what people asked for, one after the other. What is decided is kept before it is done, and done in this order: recorded in
 * the ledger, started, shown by a reaction; each step is found again when it was done before.
 * @param report of the head as it is judged now
 * @returns whether there was anything to answer
 */
export async function answerRequests(context: Context, state: PullRequestState, report: Report | undefined): Promise<boolean> {
  const { store } = context;
  const { subject, memory } = state;
  const requests = await store.openRequests(subject);
  for (const request of requests) {
    // One that came meanwhile: it is heeded at the next look, which it brings.
    if (request.kind === "retarget") continue;
    const key = requestKey(request);
    let asked = memory.asked.find((known) => known.request === key);
    if (!asked) {
      asked = { ...(await decideRequest(context, state, request, report)), headSha: state.pull.head.sha };
      memory.asked.push(asked);
      await rememberMemory(store, subject, memory);
    }
    await carryOutOrSayWhyNot(context, state, request, asked);
    await rememberMemory(store, subject, memory);
    await store.closeRequest(subject, request);
  }
  return requests.some(({ kind }) => kind !== "retarget");
}

/** What GitHub refuses for good is the answer: asked again and again it would keep everything else from being done. */
async function carryOutOrSayWhyNot(context: Context, state: PullRequestState, request: Question, asked: Asked): Promise<void> {
  try {
    await carryOut(context, state, request, asked);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    context.log(`${requestKey(request)} of #${state.pull.number} cannot be carried out: ${error.message}`);
    const why = escapeInline(error.message, 500);
    const refused = error instanceof GitHubError ? `GitHub refuses it: ${why}` : why;
    const isApart = asked.reply !== undefined;
    Object.assign(asked, { reaction: "-1", dispatch: undefined, rollback: undefined });
    if (isApart) asked.reply = `${asked.reply} ${refused}`;
    else asked.answer = `${asked.answer} ${refused}`;
    // The pull request may be locked.
    if (isApart) await unlessRefused(reply(state, request, asked.reply ?? ""));
    // The comment itself may be gone.
    await unlessRefused(react(state, request, asked));
  }
}

async function unlessRefused(done: Promise<void>): Promise<void> {
  await done.catch((again: unknown) => {
    if (!isRefusal(again)) throw again;
  });
}

function isRefusal(error: unknown): error is AssayError {
  if (error instanceof UsageError) return true;
  if (!(error instanceof GitHubError) || error.status === undefined || error.retryAt) return false;
  return error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status);
}

async function decideRequest(
  context: Context,
  state: PullRequestState,
  request: Question,
  report: Report | undefined,
): Promise<Asked> {
  const key = requestKey(request);
  const read = await readRequest(request, state, report);
  if (!read) return { request: key, answer: "", records: [] };
  const { asks, via } = read;
  if (read.ofStage) return decideOfStage(context, state, key, read);
  if (state.pull.state !== "open") return { request: key, reaction: "-1", answer: said(read, isClosed), records: [] };
  if ("malformed" in asks) return { request: key, reaction: "confused", answer: said(read, asks.malformed), records: [] };
  const outcomes = await decide(context, state, { ...read, asks }, report);
  // A review is no question: only what came of it is said.
  const told = via === "review" ? outcomes.filter(({ records }) => records.length > 0) : outcomes;
  const asked: Asked = {
    request: key,
    reaction: outcomes[0]?.reaction,
    answer: told.length === 0 ? "" : said(read, told.map(({ answer }) => answer).join(" ")),
    records: outcomes.flatMap(({ records }) => records),
  };
  const refused = (why: string): Asked => ({ request: key, reaction: "-1", answer: said(read, why), records: [] });
  // The ledger was rewritten: nothing in it counts, so nothing is added to it either.
  const { isWhole, ignored } = await decidedOf(context, state);
  if (asked.records.length > 0 && !isWhole)
    return refused(ignored.map((reason) => phraseToMarkdown(withCommits(reason))).join(" "));
  const wanted = outcomes.find(({ dispatch }) => dispatch)?.dispatch;
  if (!wanted) return asked;
  const running = await startedAndRunning(state.github, state.memory, state.pull.head.sha);
  if (running) {
    const wait = `Training that was asked for before still [runs](${running.url}): wait for it, or cancel it first.`;
    return { ...refused(wait), runId: running.id };
  }
  const dispatch = await planDispatch(context, state, key, wanted);
  return dispatch ? { ...asked, dispatch } : { ...asked, reaction: "-1", answer: said(read, nothingToStart) };
}

/** What a stage has is asked of the workflow that promotes: it may do that, and decides. */
async function decideOfStage(context: Context, state: PullRequestState, key: string, read: ReadRequest): Promise<Asked> {
  const { asks } = read;
  const answered = (reaction: Asked["reaction"], text: string): Asked => ({
    ...{ request: key, reaction, answer: "", records: [] },
    reply: said(read, text),
  });
  if ("malformed" in asks) return answered("confused", asks.malformed);
  const [outcome] = await decide(context, state, { ...read, asks }, undefined);
  if (!outcome?.rollback) return answered(outcome?.reaction, outcome?.answer ?? "");
  const rollback = await planRollback(state, outcome.rollback, read.at);
  if ("wrong" in rollback) return answered("-1", rollback.wrong);
  return { ...answered("+1", outcome.answer), rollback };
}

const isClosed = "The pull request is closed: nothing is decided about it any more.";

const nothingToStart =
  "No workflow of Assay has run in this repository yet that could be started. Merge one first; docs/app.md has it.";

/** Permission is asked for now, and the head is the one of now: what was shown is compared with it. */
async function decide(
  context: Context,
  state: PullRequestState,
  { by, at, edited, via, headSha, asks }: ReadRequest & { asks: readonly Parameters<typeof decideCommand>[0][] },
  report: Report | undefined,
): Promise<readonly Outcome[]> {
  const { github, pull, law, memory } = state;
  const shown = shownAt(memory, at);
  const isAboutFork =
    pull.head.repositoryId !== pull.base.repositoryId && asks.some(({ name }) => name === "allow-fork" || name === "retrain");
  const facts = {
    pullRequest: pull,
    report,
    shownSha: headSha ?? shown?.headSha,
    shownResults: new Map(Object.entries(shown?.headSha === pull.head.sha ? shown.results : {})),
    actor: await resolveActor(by, law?.spec, github.collaborators),
    law: law?.spec,
    now: context.now(),
    edited,
    via,
    forcePush: isAboutFork ? await github.pullRequests.lastForcePush(pull.number) : undefined,
    decisions: (await decidedOf(context, state)).decisions,
  };
  return asks.map((command) => decideCommand(command, facts));
}

function said({ by }: ReadRequest, answer: string): string {
  return `${codeSpan(by.login)}: ${answer}`;
}

/** The run's title has a key that follows from what asked for it, so that it is started once. */
async function planDispatch(
  { store }: Context,
  { subject, pull }: PullRequestState,
  request: string,
  { model, seeds, again }: NonNullable<Outcome["dispatch"]>,
): Promise<Dispatch | undefined> {
  const workflow = await store.recall(workflowKey(subject.repository));
  if (typeof workflow !== "string") return undefined;
  const key = requestOf({ pullRequest: pull.number, headSha: pull.head.sha }, request);
  return {
    key,
    headSha: pull.head.sha,
    workflow,
    ref: pull.base.ref,
    inputs: inputsOfDispatch({ pullRequest: pull.number, headSha: pull.head.sha, model, seeds, again, request: key }),
  };
}

async function carryOut(context: Context, state: PullRequestState, request: Question, asked: Asked): Promise<void> {
  const { store, effect } = context;
  const { github, pull, memory, subject } = state;
  if (asked.records.length > 0) await recordDecisions(context, state, asked.records);
  const { dispatch } = asked;
  // Nothing is started for a head that nobody asked about.
  if (dispatch && dispatch.headSha === pull.head.sha && !memory.dispatches.some(({ key }) => key === dispatch.key)) {
    const started = await dispatchOnce(github, dispatch);
    effect("training", "started");
    if (started.runId !== undefined)
      await store.remember(startedKey(subject.repository, started.runId), subject.number, { days: artifactsLast });
    memory.dispatches.push(started);
    asked.runId = started.runId;
  }
  if (asked.rollback && asked.rollback.started === undefined) {
    const started = await startRollback(context, state, asked.rollback);
    Object.assign(asked, { rollback: { ...asked.rollback, started }, reply: `${asked.reply} ${started}` });
    await rememberMemory(store, subject, memory);
  }
  if (asked.reply !== undefined) await reply(state, request, asked.reply);
  await react(state, request, asked);
}

async function react({ github }: PullRequestState, request: Question, { reaction }: Asked): Promise<void> {
  if (request.kind === "comment" && reaction) await github.comments.react(request.id, reaction);
}

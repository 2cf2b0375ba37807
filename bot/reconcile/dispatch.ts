import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../../src/errors/errors.ts";
import type { Candidate } from "../../src/flows/rank-runs.ts";
import type { GitHub } from "../../src/github/github.ts";
import { isLostAnswer } from "../../src/github/lost-answer.ts";
import type { WorkflowRun } from "../../src/github/runs.ts";
import { dispatchInputs, titleOfDispatch } from "../../src/plan/dispatch.ts";
import type { Dispatch, Memory } from "./memory.ts";

/** GitHub shows a run a moment after it was started. */
const looks = [1_000, 2_000, 4_000];

/**
 * Starts a run once, whatever became of earlier tries: it is found again by the key in its title.
 * @returns what was started, with the run's id
 * @throws GitHubError when it cannot be said yet whether it was started: the next try looks again first
 */
export async function dispatchOnce(github: GitHub, dispatch: Dispatch): Promise<Dispatch> {
  const { workflow, ref, inputs } = dispatch;
  const file = workflow.split("/").at(-1) ?? workflow;
  const find = async () => (await github.runs.dispatched(file)).find((run) => isStartedAs(run, dispatch))?.id;
  const started = await find();
  if (started !== undefined) return { ...dispatch, runId: started };
  const runId = await dispatchOrLose(github, { workflow: file, ref, inputs });
  if (runId !== undefined) return { ...dispatch, runId };
  for (const milliseconds of looks) {
    await sleep(milliseconds);
    const found = await find();
    if (found !== undefined) return { ...dispatch, runId: found };
  }
  throw new GitHubError(`${workflow} was asked to run on ${ref}, and GitHub does not show whether it does.`);
}

/** Its whole title: whoever starts a run by hand can have the key, and of another pull request. */
function isStartedAs(run: WorkflowRun, { key, ref, inputs }: Dispatch): boolean {
  const title = titleOfDispatch({ pullRequest: Number(inputs[dispatchInputs.pullRequest]), request: key });
  return run.event === "workflow_dispatch" && run.headBranch === ref && run.title === title;
}

/** @returns undefined when GitHub did not say the id, or nothing at all */
async function dispatchOrLose(github: GitHub, request: Parameters<GitHub["runs"]["dispatch"]>[0]): Promise<number | undefined> {
  try {
    return await github.runs.dispatch(request);
  } catch (error) {
    if (isLostAnswer(error)) return undefined;
    throw error;
  }
}

/** A run that was started for the head and is not over: GitHub keeps one waiting and drops what was waiting before. */
export async function startedAndRunning(github: GitHub, memory: Memory, headSha: string): Promise<WorkflowRun | undefined> {
  for (const { runId, cancelled, headSha: of } of memory.dispatches.toReversed()) {
    if (runId === undefined || cancelled || of !== headSha) continue;
    const run = await github.runs.get(runId);
    if (run && run.status !== "completed") return run;
  }
  return undefined;
}

/** The runs that were started for the head, as GitHub has them now; those for other heads are ended. */
export async function startedRuns(github: GitHub, memory: Memory, headSha: string): Promise<readonly Candidate[]> {
  await cancelStarted(github, memory, headSha);
  const candidates: Candidate[] = [];
  for (const started of memory.dispatches) {
    if (started.runId === undefined || started.cancelled) continue;
    const run = await github.runs.get(started.runId);
    if (!run) continue;
    started.ended = run.status === "completed";
    candidates.push({ run, started });
  }
  return candidates;
}

/** Ends the runs that nobody waits for any more. @param headSha what they may still be for; undefined: nothing */
export async function cancelStarted(github: GitHub, memory: Memory, headSha: string | undefined): Promise<void> {
  for (const started of memory.dispatches) {
    if (started.runId === undefined || started.cancelled || started.headSha === headSha) continue;
    await github.runs.cancel(started.runId);
    started.cancelled = true;
  }
}

import { GitHubError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { answerGate } from "../../src/flows/promotion/answer-gate.ts";
import type { Subject } from "../subject.ts";
import { type Context, connect } from "./context.ts";

type Gate = Extract<Subject, { kind: "gate" }>;

/** Lets the run into the environment, or keeps it out, as promotion decides now. What waits for nobody any more is left alone. */
export async function reconcileGate(
  context: Context,
  { repository, runId, environment }: Gate,
  signal: AbortSignal,
): Promise<void> {
  const github = await connect(context, repository, signal);
  const run = await github.runs.get(runId);
  if (!run || run.status === "completed") return;
  const answer = await answerGate(
    { run, environment },
    { github, files: createNodeFiles(), serverUrl: context.serverUrl, now: context.now },
  );
  try {
    await github.deployments.answerGate({ runId, environment, ...answer });
    context.effect("gate", answer.decision);
  } catch (error) {
    // It was answered before, and the answer was lost.
    if (!(error instanceof GitHubError) || error.status !== 422) throw error;
  }
}

import { isLostAnswer } from "../../src/github/lost-answer.ts";
import { escapeInline } from "../../src/markdown/escape.ts";
import { publishComment } from "../../src/publishing/publish-comment.ts";
import type { Rollback } from "../commands/outcome.ts";
import { type Question, requestKey } from "../request.ts";
import type { Context } from "./context.ts";
import type { Asked } from "./memory.ts";
import { findPromoteWorkflow } from "./promote-workflow.ts";
import type { PullRequestState } from "./pull-request.ts";

type Start = NonNullable<Asked["rollback"]>;

const maxWorkflows = 100;
const maxWorkflowBytes = 500_000;

/**
 * The run that is to be started: of the default branch's workflow that promotes, which has the permissions for it and decides.
 * @returns why there is none, a sentence of Markdown
 */
export async function planRollback(
  { github, pull }: PullRequestState,
  { model, version, stage }: Rollback,
): Promise<Start | { wrong: string }> {
  const ref = await github.contents.defaultBranch();
  // Another branch may say of anybody that they own the model.
  if (pull.base.ref !== ref)
    return { wrong: escapeInline(`Write it on a pull request into ${ref}: its assay.yml says who owns ${model}.`, 500) };
  const paths = (await github.contents.list(".github/workflows", pull.base.sha)).filter((path) => /\.ya?ml$/.test(path));
  const files = await Promise.all(
    paths.slice(0, maxWorkflows).map(async (path) => {
      const bytes = (await github.contents.peek(path, pull.base.sha))?.bytes;
      return { path, text: bytes === undefined || bytes.length > maxWorkflowBytes ? "" : bytes.toString("utf8") };
    }),
  );
  const found = findPromoteWorkflow(files, ref);
  if ("wrong" in found) return { wrong: escapeInline(found.wrong, 500) };
  const workflow = found.path.split("/").at(-1) ?? found.path;
  return { workflow, ref, inputs: { model, version, stage, rollback: "true" } };
}

/**
 * Started again, where this process ends before it is remembered, the run finds the stage where it is to be, and does nothing.
 * @returns where to look, in Markdown
 */
export async function startRollback({ serverUrl }: Context, { github }: PullRequestState, start: Start): Promise<string> {
  const { owner, name } = github.repository;
  const actions = `${serverUrl}/${owner}/${name}/actions`;
  const ofWorkflow = `${actions}/workflows/${encodeURIComponent(start.workflow)}`;
  try {
    const runId = await github.runs.dispatch(start);
    return runId === undefined
      ? `a run of [this workflow](${ofWorkflow}) is started.`
      : `[a run](${actions}/runs/${runId}) is started.`;
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
    return `[a workflow](${ofWorkflow}) was asked to run, and GitHub did not say whether it does: look there.`;
  }
}

/** In a comment of its own: what a stage has is about more than this pull request, which may be closed. */
export async function reply({ github, pull }: PullRequestState, request: Question, text: string): Promise<void> {
  const marker = `<!-- assay:answer v1 ${requestKey(request)} -->`;
  await publishComment(github, { number: pull.number, marker, body: `${marker}\n${text}` });
}

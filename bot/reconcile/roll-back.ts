import { UsageError } from "../../src/errors/errors.ts";
import { isLostAnswer } from "../../src/github/lost-answer.ts";
import { readAnnotated } from "../../src/github/remote-git.ts";
import { escapeInline } from "../../src/markdown/escape.ts";
import { publishComment } from "../../src/publishing/publish-comment.ts";
import { latestStageTag, tagPrefix } from "../../src/registry/tag-name.ts";
import type { Rollback } from "../commands/outcome.ts";
import { type Question, requestKey } from "../request.ts";
import type { Context } from "./context.ts";
import type { Asked } from "./memory.ts";
import { findPromoteWorkflow } from "./promote-workflow.ts";
import type { PullRequestState } from "./pull-request.ts";

type Start = NonNullable<Asked["rollback"]>;

/** Of what is asked for: it is about the stage as it is. */
const maxAge = 3_600_000;
const maxWorkflows = 100;
const maxWorkflowBytes = 500_000;

/**
 * The run that is to be started: of the default branch's workflow that promotes, which has the permissions for it and decides.
 * @param at when it was asked for
 * @returns why there is none, a sentence of Markdown
 */
export async function planRollback(
  { github, pull }: PullRequestState,
  { model, version, stage }: Rollback,
  at: string,
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
  return { workflow, ref, inputs: { model, version, stage, rollback: "true" }, at };
}

/**
 * @returns where to look, in Markdown
 * @throws UsageError where what was asked for may not be meant any more
 */
export async function startRollback(context: Context, { github }: PullRequestState, start: Start): Promise<string> {
  await expectStillMeant(start, github, context.now());
  const { serverUrl } = context;
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

/** A comment that waited, or whose run was started and then forgotten, must not undo what was promoted meanwhile. */
async function expectStillMeant({ at, inputs }: Start, { tags }: PullRequestState["github"], now: Date): Promise<void> {
  if (now.getTime() - Date.parse(at) > maxAge)
    throw new UsageError("write it again: the comment was older than an hour when the app came to it.");
  const { model = "", stage = "" } = inputs;
  const refs = (await tags.list(tagPrefix(model))).filter(({ type }) => type === "tag");
  const latest = latestStageTag(
    refs.map(({ name }) => name),
    model,
    stage,
  );
  const ref = refs.find(({ name }) => name === latest);
  const tag = ref && (await readAnnotated(ref, tags));
  // Within a second there is no order.
  if (tag && tag.taggedAt >= Math.floor(Date.parse(at) / 1_000))
    throw new UsageError(`look what is there now, and write it again if it is still meant: ${tag.name} was made since.`);
}

/** In a comment of its own: what a stage has is about more than this pull request, which may be closed. */
export async function reply({ github, pull }: PullRequestState, request: Question, text: string): Promise<void> {
  const marker = `<!-- assay:answer v1 ${requestKey(request)} -->`;
  await publishComment(github, { number: pull.number, marker, body: `${marker}\n${text}` });
}

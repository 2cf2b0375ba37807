import { MissingDataError, UsageError } from "../../src/errors/errors.ts";
import { headOfRequest, titleOfDispatch } from "../../src/plan/dispatch.ts";
import type { Event } from "./event.ts";

/**
 * The event with what GitHub says of the pull request that a dispatched run trains; any other event as it is.
 * @throws UsageError when the run is not one that the app would start
 */
export async function withPullRequest(event: Event, token: string | undefined): Promise<Event> {
  const { dispatched } = event;
  if (!dispatched) return event;
  const { number, headSha, request } = dispatched;
  if (!token)
    throw new UsageError(`Input \`github-token\` is empty, and #${number} is read with it. Give it \`pull-requests: read\`.`);
  const { connect } = await import("./records.ts");
  const github = await connect(event, token);
  const [pull, run] = await Promise.all([github.pullRequests.get(number), github.runs.get(event.runId)]);
  const ref = `refs/heads/${pull.base.ref}`;
  if (event.ref !== ref)
    throw new UsageError(`This run was started on ${event.ref}, and #${number} is to be merged into ${ref}. Start it there.`);
  // Whose code a run trained is told from its name alone, once it is over.
  const title = titleOfDispatch({ pullRequest: number, request });
  if (run?.title !== title)
    throw new UsageError(
      `This run is called "${run?.title ?? ""}", and "${title}" was expected. Give the workflow the \`run-name\` of docs/workflows.md.`,
    );
  const named = headOfRequest(request);
  if (named !== undefined && named !== headSha)
    throw new UsageError(
      `This run was asked to train ${headSha}, and its request is of ${named}: ${request}. The app asks for one commit.`,
    );
  const { title: words, draft, labels, createdAt, head, base } = pull;
  return {
    ...event,
    pullRequest: {
      ...{ number, title: words, headRef: head.ref, baseRef: base.ref, headSha, baseSha: event.commit, draft, labels, createdAt },
      fromFork: head.repositoryId !== base.repositoryId,
      headRepositoryId: head.repositoryId,
    },
  };
}

/**
 * Holds what is checked out against the commit that was asked for: GitHub's test merge moves with the pull request.
 * @throws MissingDataError when it is another
 */
export function checkDispatched({ dispatched }: Event, checkedOut: string, parents: readonly string[]): void {
  if (!dispatched || checkedOut === dispatched.headSha || (parents.length === 2 && parents[1] === dispatched.headSha)) return;
  const { number, headSha } = dispatched;
  throw new MissingDataError(
    `${checkedOut.slice(0, 7)} is checked out, which is neither ${headSha.slice(0, 7)} nor its merge into the base branch: ` +
      `the pull request moved on, and the app asks again. (The workflow has to check out refs/pull/${number}/merge.)`,
  );
}

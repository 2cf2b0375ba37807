import type { GitHub } from "../github/github.ts";
import { publishCheck } from "../publishing/publish-check.ts";
import { findOwnComment, publishComment } from "../publishing/publish-comment.ts";
import { checkName, idOfVerdict, renderCheck } from "../report/check.ts";
import { renderComment, renderStaleComment } from "../report/comment.ts";
import type { Report } from "../report/report.ts";

export interface Published {
  comment: string | undefined;
  check: string | undefined;
  /** Said to whoever reads the log. */
  notes: readonly string[];
}

/**
 * Writes the pull request's one comment and one check. A run that was overtaken by a newer push never overwrites the newer
 * run's comment; it marks its own as stale.
 */
export async function publishReport(report: Report, github: GitHub): Promise<Published> {
  const { pullRequest } = report;
  if (!pullRequest)
    return { comment: undefined, check: undefined, notes: ["No pull request: nothing to write but the summary."] };
  const check = await publishVerdict(report, github, String(pullRequest.number));
  const current = await github.pullRequests.get(pullRequest.number);
  const { marker, body } = renderComment(report);
  if (current.head.sha !== report.headSha) {
    const note = `Head moved from ${report.headSha} to ${current.head.sha} meanwhile: the newer run reports.`;
    const existing = await findOwnComment(github, pullRequest.number, marker);
    if (!existing?.body.includes(report.headSha.slice(0, 7))) return { comment: existing?.url, check: check.url, notes: [note] };
    const stale = renderStaleComment(existing.body, report.headSha, current.head.sha);
    const comment = await publishComment(github, { number: pullRequest.number, marker, body: stale });
    return { comment: comment.url, check: check.url, notes: [note] };
  }
  if (report.lawChanges.length === 0 && report.models.every(({ state }) => state.kind === "unchanged")) {
    const existing = await findOwnComment(github, pullRequest.number, marker);
    if (!existing)
      return { comment: undefined, check: check.url, notes: ["Nothing had to be trained: the check says so, no comment."] };
  }
  const comment = await publishComment(github, { number: pullRequest.number, marker, body });
  return {
    comment: comment.url,
    check: check.url,
    notes: [`Comment ${comment.effect}, check ${check.effect}.`, ...comment.notes],
  };
}

/** A merge queue waits for the check on the commit that it made; there is nobody to comment to. @returns what to say in the log */
export async function publishQueueCheck(report: Report, github: GitHub): Promise<string> {
  const { effect } = await publishVerdict(report, github, "queue");
  return `Check ${effect} for the merge queue.`;
}

/** @param of the pull request's number, or `queue`: a commit can be judged as either */
function publishVerdict(report: Report, github: GitHub, of: string) {
  return publishCheck(github, {
    name: checkName,
    headSha: report.headSha,
    externalId: idOfVerdict(of, report.headSha),
    detailsUrl: report.links.page ?? report.links.run,
    ...renderCheck(report),
  });
}

import { GitHubError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { GitHub } from "../github/github.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import { findOwnIssues, type PlannedIssue, publishIssue } from "../publishing/publish-issue.ts";
import { sameBody } from "../publishing/same-body.ts";
import { driftLabel, driftMarker, driftTitle, renderDriftIssue, type WatchedDrift } from "../report/drift-issue.ts";
import type { DriftMemory } from "../report/drift-memory.ts";
import { decideDriftIssue } from "./decide-drift-issue.ts";

export interface WatchRequest {
  watched: WatchedDrift;
  /** Of the profile that the data was compared with. */
  reference: Digest;
  run: { id: number /** Of a run's page. */; urlOf: (run: number) => string };
  retraining: Retraining | undefined;
}

/** A workflow that is started when something drifted for which it was not started yet. */
export interface Retraining {
  /** Name of its file, `retrain.yml`. */
  workflow: string;
  ref: string;
  inputs: Readonly<Record<string, string>>;
}

export interface Watched {
  /** The issue that tells of it. */
  issue: string | undefined;
  /** Whether a retraining was started. */
  retrained: boolean;
  /** Said to whoever reads the log. */
  notes: readonly string[];
}

/**
 * Opens, changes or closes the one issue about drift of what is watched, and starts a retraining where one is wanted. The issue
 * remembers it before the workflow is started: what ends in between starts it never rather than twice.
 *
 * @throws GitHubError when GitHub refuses one of both
 */
export async function watchDrift(request: WatchRequest, github: GitHub): Promise<Watched> {
  const { watched, reference, run, retraining } = request;
  const planned = { marker: driftMarker(watched.name), label: driftLabel, title: driftTitle(watched.name) };
  const ours = await findOwnIssues(github, planned);
  const [issue] = ours;
  const decision = decideDriftIssue({ watched, reference, run: run.id, mayRetrain: retraining !== undefined }, issue);
  if (decision.kind === "nothing") return { issue: issue?.url, retrained: false, notes: [decision.why] };
  const { state, memory, retrained, shownRun } = decision;
  const render = (remembered: DriftMemory): PlannedIssue => ({
    ...planned,
    state,
    body: renderDriftIssue(watched, remembered, { runUrl: run.urlOf(remembered.run), retraining: retraining?.workflow }),
  });
  const wanted = retrained ?? memory;
  // The same text but for the run that wrote it is left as it is.
  const same = shownRun === undefined ? undefined : render({ ...wanted, run: shownRun });
  const isSame = same !== undefined && issue?.state === state && sameBody(issue.body, same.body);
  const published = await publishIssue(github, isSame ? same : render(wanted), ours);
  const notes = [`Issue ${published.effect}: ${published.issue.url}`, ...published.notes];
  const result = { issue: published.issue.url, retrained: false, notes };
  if (!retraining || !retrained) return result;
  if (!published.isAsPlanned)
    return { ...result, notes: [...notes, "Another run looks at the same time: a retraining is left to it."] };
  try {
    await github.runs.dispatch(retraining);
  } catch (error) {
    // What may have been done is not done again.
    if (!(error instanceof GitHubError) || isLostAnswer(error)) throw error;
    await publishIssue(github, render(memory), [published.issue]);
    throw error;
  }
  return { ...result, retrained: true, notes: [...notes, `Started ${retraining.workflow} on ${retraining.ref}.`] };
}
